package io.argos.runtime.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.argos.config.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes a TLS context from PEM files, for clients that take nothing else. */
public final class PemContext {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  /** Nobody sees the store in memory, but its interface asks for a password. */
  private static final char[] PASSWORD = new char[0];

  private PemContext() {}

  /**
   * The context of one client; empty when it does not use TLS.
   *
   * @param owner configuration key of the client, for messages
   * @throws IllegalArgumentException when a file is not what it should be
   */
  public static Optional<SSLContext> of(TlsConfig tls, String owner) {
    if (!tls.enabled()) {
      return Optional.empty();
    }
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      // Null stands for the JDK's own certificates.
      trust.init(tls.trust().isPresent() ? trusted(tls.trust().get()) : null);
      KeyManagerFactory identity =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      if (tls.certificate().isPresent() && tls.key().isPresent()) {
        identity.init(identity(tls.certificate().get(), tls.key().get()), PASSWORD);
      } else {
        identity.init(null, PASSWORD);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
      return Optional.of(context);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(owner + ".tls: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(owner + ".tls: cannot read " + e.getMessage(), e);
    }
  }

  private static KeyStore trusted(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    int number = 0;
    for (Certificate certificate : certificates(file)) {
      store.setCertificateEntry("trusted-" + number++, certificate);
    }
    return store;
  }

  private static KeyStore identity(Path chain, Path key)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    store.setKeyEntry(
        "identity", privateKey(key), PASSWORD, certificates(chain).toArray(Certificate[]::new));
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException(file + " holds no certificate");
      }
      return certificates;
    }
  }

  private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
    String pem = Files.readString(file, US_ASCII);
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(file + " holds no private key in PKCS#8");
    }
    var encoded =
        new PKCS8EncodedKeySpec(
            Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end)));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException _) {
        // The encoding names its algorithm, but only the right factory can read it: try the next.
      }
    }
    throw new IllegalArgumentException(file + " holds a key that is none of " + ALGORITHMS);
  }
}
