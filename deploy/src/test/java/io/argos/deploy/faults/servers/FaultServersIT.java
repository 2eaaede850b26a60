package io.argos.deploy.faults.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultServersIT {
  @TempDir Path folder;

  @Test
  void failAsTheyAreToldAndComeBackWithTheirData() throws Exception {
    try (FaultServers servers = FaultServers.start(folder);
        Admin proxied = admin(servers.bootstrap());
        Admin direct = admin(servers.directBootstrap())) {
      // The others give up soon, as what is away is to be felt.
      try (Admin patient = Admin.create(Map.of("bootstrap.servers", servers.bootstrap()))) {
        patient.createTopics(List.of(new NewTopic("readings", 1, (short) 1))).all().get();
      }

      servers.kafka().unreachable();
      assertThatThrownBy(() -> proxied.listTopics().names().get())
          .isInstanceOf(ExecutionException.class);
      awaitReadings(direct);
      servers.kafka().reachable();
      awaitReadings(proxied);

      servers.kafka().kill();
      assertThatThrownBy(() -> direct.listTopics().names().get())
          .isInstanceOf(ExecutionException.class);
      long begun = System.nanoTime();
      servers.kafka().start();
      awaitReadings(proxied);
      System.out.printf("the broker was back after %.1f s%n", (System.nanoTime() - begun) / 1e9);

      assertThat(said(servers.zookeeper().address(), "srvr")).startsWith("Zookeeper version");
      servers.zookeeper().kill();
      servers.zookeeper().wipe();
      servers.zookeeper().start();
      assertThat(said(servers.zookeeper().address(), "srvr")).startsWith("Zookeeper version");

      assertThat(said(servers.redis().address(), "SET kept yes")).isEqualTo("+OK");
      servers.redis().freeze();
      assertThatThrownBy(() -> said(servers.redis().address(), "GET kept", 1_000))
          .hasMessageContaining("timed out");
      servers.redis().thaw();
      servers.redis().kill();
      assertThatThrownBy(() -> said(servers.redis().address(), "STRLEN kept"))
          .isInstanceOf(Exception.class);
      servers.redis().start();
      assertThat(said(servers.redis().address(), "STRLEN kept")).isEqualTo(":3");
    }
  }

  private static Admin admin(String bootstrap) {
    return Admin.create(
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "default.api.timeout.ms",
            2_000,
            "request.timeout.ms",
            1_000));
  }

  /** One answer may come too late on a machine that stands still. */
  private static void awaitReadings(Admin admin) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(admin.listTopics().names().get()).contains("readings"));
  }

  private static String said(InetSocketAddress address, String command) throws Exception {
    return said(address, command, 20_000);
  }

  private static String said(InetSocketAddress address, String command, int patience)
      throws Exception {
    try (Socket socket = new Socket()) {
      socket.connect(address, patience);
      socket.setSoTimeout(patience);
      socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
      byte[] answer = new byte[100];
      int length = socket.getInputStream().read(answer);
      return length < 0 ? "" : new String(answer, 0, length, UTF_8).strip();
    }
  }
}
