package io.argos.runtime.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.argos.config.TlsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemContextTest {
  @TempDir static Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC"}) {
      PemFiles.make(folder, algorithm);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void letsTwoSidesWithCertificatesTalk(String algorithm) throws Exception {
    Path certificate = folder.resolve(algorithm + ".crt");
    var tls =
        new TlsConfig(
            true,
            Optional.of(certificate),
            Optional.of(certificate),
            Optional.of(folder.resolve(algorithm + ".key")),
            true);
    SSLContext context = PemContext.of(tls, "redis").orElseThrow();

    try (var server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.setNeedClientAuth(true);
      var accepted =
          threads.submit(() -> {
            try (var socket = (SSLSocket) server.accept()) {
              socket.getOutputStream().write(42);
              return socket.getSession().getPeerCertificates().length;
            }
          });
      try (var client =
          (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.getLocalPort())) {
        assertThat(client.getInputStream().read()).isEqualTo(42);
      }

      assertThat(accepted.get()).isEqualTo(1);
    }
  }

  @Test
  void isNothingWhereTlsIsOff() {
    var off = new TlsConfig(false, Optional.empty(), Optional.empty(), Optional.empty(), true);

    assertThat(PemContext.of(off, "redis")).isEmpty();
  }

  @Test
  void namesTheFileThatIsNotWhatItShouldBe() throws Exception {
    Path rubbish = Files.writeString(folder.resolve("rubbish.pem"), "rubbish");
    Path certificate = folder.resolve("RSA.crt");

    assertThatThrownBy(() -> PemContext.of(trusting(rubbish), "redis"))
        .hasMessageStartingWith("redis.tls: ");
    assertThatThrownBy(() -> PemContext.of(trusting(folder.resolve("absent")), "redis"))
        .hasMessageContaining("absent");
    assertThatThrownBy(() ->
            PemContext.of(
                new TlsConfig(
                    true, Optional.empty(), Optional.of(certificate), Optional.of(rubbish), true),
                "redis"))
        .hasMessage("redis.tls: " + rubbish + " holds no private key in PKCS#8");
  }

  private static TlsConfig trusting(Path trust) {
    return new TlsConfig(true, Optional.of(trust), Optional.empty(), Optional.empty(), true);
  }
}
