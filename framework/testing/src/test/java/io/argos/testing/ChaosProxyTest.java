package io.argos.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChaosProxyTest {
  private ServerSocket echo;
  private ChaosProxy proxy;

  @BeforeEach
  void start() throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    echo = server;
    Thread.ofVirtual().start(() -> serve(server));
    proxy = ChaosProxy.to((InetSocketAddress) server.getLocalSocketAddress());
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void passesDataBothWaysAndTheEnd() throws IOException {
    try (Socket client = connect()) {
      assertThat(exchange(client, "hello")).isEqualTo("hello");
      assertThat(proxy.connections()).isEqualTo(1);
      client.shutdownOutput();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void delaysByItsLatency() throws IOException {
    try (Socket client = connect()) {
      exchange(client, "warm");
      proxy.latency(Duration.ofMillis(60));
      long before = System.nanoTime();

      exchange(client, "hello");

      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThan(Duration.ofMillis(119));
    }
  }

  @Test
  void holdsDataBackWhileStalledAndLosesNone() throws IOException {
    try (Socket client = connect()) {
      exchange(client, "warm");
      proxy.stall();
      client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
      client.setSoTimeout(100);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      proxy.resume();

      client.setSoTimeout(10_000);
      assertThat(client.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
    }
  }

  @Test
  void cutsConnectionsAndTakesNewOnes() throws IOException {
    try (Socket client = connect()) {
      exchange(client, "warm");

      proxy.cut();

      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    try (Socket client = connect()) {
      assertThat(exchange(client, "again")).isEqualTo("again");
    }
  }

  @Test
  void resetsConnections() throws IOException {
    try (Socket client = connect()) {
      exchange(client, "warm");

      proxy.reset();

      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void truncatesWhatTheServerSends() throws IOException {
    try (Socket client = connect()) {
      proxy.truncateAfter(8);
      client.getOutputStream().write("twelve bytes".getBytes(StandardCharsets.US_ASCII));

      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("twelve b");
    }
  }

  @Test
  void refusesNewConnectionsOnly() throws IOException {
    try (Socket open = connect()) {
      exchange(open, "warm");
      proxy.refuse(true);

      // The reset may come while the client is still connecting.
      assertThatThrownBy(
              () -> {
                try (Socket refused = connect()) {
                  refused.getInputStream().read();
                }
              })
          .isInstanceOf(SocketException.class);
      assertThat(exchange(open, "still")).isEqualTo("still");
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(proxy.address(), 5000);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String exchange(Socket client, String text) throws IOException {
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    client.getOutputStream().write(octets);
    return new String(client.getInputStream().readNBytes(octets.length), StandardCharsets.US_ASCII);
  }

  private static void serve(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException _) {
      // the proxy cuts connections, as it should
    }
  }
}
