package io.argos.snmp;

import io.argos.spi.Secret;

/** Tells from the fields of a secret which kind of credential it is. */
public final class SnmpCredentials {
  private SnmpCredentials() {}

  /**
   * The credential of a secret: with the field {@code community} v2c, or v1 when the field {@code
   * version} is {@code 1}; with the field {@code user} v3. Fields of v3 are checked where it is
   * first used.
   *
   * @throws IllegalArgumentException naming the secret and what is wrong with it, no value of it
   */
  public static SnmpCredential of(Secret secret) {
    String version = secret.field("version").orElse("");
    boolean community = secret.field("community").isPresent();
    boolean user = secret.field("user").isPresent();
    if (community == user) {
      throw new IllegalArgumentException(
          "secret '" + secret.name() + "' needs either the field community or the field user");
    }
    return switch (version) {
      case "" -> user ? new SnmpCredential.V3(secret) : new SnmpCredential.V2c(secret);
      case "1" -> of(community, new SnmpCredential.V1(secret));
      case "2c", "2" -> of(community, new SnmpCredential.V2c(secret));
      case "3" -> of(user, new SnmpCredential.V3(secret));
      default ->
          throw new IllegalArgumentException(
              "secret '" + secret.name() + "': field version is none of 1, 2c and 3");
    };
  }

  private static SnmpCredential of(boolean fits, SnmpCredential credential) {
    if (!fits) {
      throw new IllegalArgumentException(
          "secret '" + credential.name() + "': field version does not fit its other fields");
    }
    return credential;
  }
}
