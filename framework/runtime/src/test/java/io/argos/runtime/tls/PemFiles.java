package io.argos.runtime.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** Certificates of this machine that nobody else has signed. */
public final class PemFiles {
  private PemFiles() {}

  /** Makes {@code <algorithm>.crt} and {@code <algorithm>.key} in a folder. */
  public static void make(Path folder, String algorithm) throws Exception {
    // With the JDK's own tool, for it has no interface that makes certificates.
    Path store = folder.resolve(algorithm + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-alias",
                "test",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    write(
        folder.resolve(algorithm + ".crt"),
        "CERTIFICATE",
        keys.getCertificate("test").getEncoded());
    write(
        folder.resolve(algorithm + ".key"),
        "PRIVATE KEY",
        keys.getKey("test", "changeit".toCharArray()).getEncoded());
  }

  private static void write(Path file, String label, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, body, label));
  }
}
