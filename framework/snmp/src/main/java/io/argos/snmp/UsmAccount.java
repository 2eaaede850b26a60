package io.argos.snmp;

import io.argos.spi.Secret;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snmp4j.security.AuthHMAC128SHA224;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthMD5;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.Priv3DES;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES192;
import org.snmp4j.security.PrivAES256;
import org.snmp4j.security.PrivDES;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.UsmUser;
import org.snmp4j.security.nonstandard.PrivAES192With3DESKeyExtension;
import org.snmp4j.security.nonstandard.PrivAES256With3DESKeyExtension;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

/**
 * What a v3 secret says. Two secrets that say the same share one session; printing gives nothing
 * away.
 *
 * @param user name of the user
 * @param authentication protocol of authentication, null without one
 * @param authenticationPassword its password
 * @param privacy protocol of encryption, null without one
 * @param privacyPassword its password
 * @param context name of the context, empty for the default one
 */
public record UsmAccount(
    String user,
    @Nullable OID authentication,
    @Nullable String authenticationPassword,
    @Nullable OID privacy,
    @Nullable String privacyPassword,
    String context) {
  /** RFC 3414 11.2: shorter ones are refused by agents as well. */
  private static final int SHORTEST_PASSWORD = 8;

  /**
   * Reads a secret.
   *
   * @throws IllegalArgumentException saying which field is wrong, without its value
   */
  public static UsmAccount of(Secret secret) {
    String user =
        secret
            .field("user")
            .filter(name -> !name.isEmpty())
            .orElseThrow(() -> new IllegalArgumentException("it has no field user"));
    Optional<String> authentication = password(secret, "auth-password");
    Optional<String> privacy = password(secret, "priv-password");
    if (privacy.isPresent() && authentication.isEmpty()) {
      throw new IllegalArgumentException("priv-password needs an auth-password (RFC 3414)");
    }
    return new UsmAccount(
        user,
        authentication.isEmpty() ? null : authentication(secret),
        authentication.orElse(null),
        privacy.isEmpty() ? null : privacy(secret),
        privacy.orElse(null),
        secret.field("context").orElse(""));
  }

  private static Optional<String> password(Secret secret, String field) {
    Optional<String> password = secret.field(field).filter(value -> !value.isEmpty());
    if (password.isPresent() && password.get().length() < SHORTEST_PASSWORD) {
      throw new IllegalArgumentException(field + " is shorter than eight characters");
    }
    return password;
  }

  private static OID authentication(Secret secret) {
    return switch (protocol(secret, "auth-protocol", "sha")) {
      case "md5" -> AuthMD5.ID;
      case "sha", "sha1" -> AuthSHA.ID;
      case "sha224" -> AuthHMAC128SHA224.ID;
      case "sha256" -> AuthHMAC192SHA256.ID;
      case "sha384" -> AuthHMAC256SHA384.ID;
      case "sha512" -> AuthHMAC384SHA512.ID;
      default ->
          throw new IllegalArgumentException(
              "auth-protocol is none of md5, sha, sha224, sha256, sha384 and sha512");
    };
  }

  private static OID privacy(Secret secret) {
    return switch (protocol(secret, "priv-protocol", "aes")) {
      case "des" -> PrivDES.ID;
      case "3des" -> Priv3DES.ID;
      case "aes", "aes128" -> PrivAES128.ID;
      case "aes192" -> PrivAES192.ID;
      case "aes256" -> PrivAES256.ID;
      // The way in which Cisco lengthens the key of an authentication protocol with shorter ones.
      case "aes192c" -> PrivAES192With3DESKeyExtension.ID;
      case "aes256c" -> PrivAES256With3DESKeyExtension.ID;
      default ->
          throw new IllegalArgumentException(
              "priv-protocol is none of des, 3des, aes, aes192, aes192c, aes256 and aes256c");
    };
  }

  private static String protocol(Secret secret, String field, String usual) {
    return secret.field(field).orElse(usual).toLowerCase(Locale.ROOT).replace("-", "");
  }

  /** The account in the terms of SNMP4J. */
  public UsmUser usmUser() {
    return new UsmUser(
        new OctetString(user),
        authentication,
        octets(authenticationPassword),
        privacy,
        octets(privacyPassword));
  }

  private static @Nullable OctetString octets(@Nullable String text) {
    return text == null ? null : new OctetString(text);
  }

  /** The level of security that a message of the account has, in the terms of SNMP4J. */
  public int securityLevel() {
    if (authentication == null) {
      return SecurityLevel.NOAUTH_NOPRIV;
    }
    return privacy == null ? SecurityLevel.AUTH_NOPRIV : SecurityLevel.AUTH_PRIV;
  }

  @Override
  public String toString() {
    return "UsmAccount[***]";
  }
}
