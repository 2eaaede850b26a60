package io.argos.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.argos.config.ServersConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersIT {
  private static final ServersConfig ANY_PORTS = new ServersConfig(0, 0, 0, 0);

  @TempDir Path data;

  @Test
  void startsAllFourUnderOneFolderWhichNobodyElseMayUse() throws Exception {
    try (var servers = Servers.start(ANY_PORTS, data)) {
      assertThat(servers.bootstrap()).isEqualTo("127.0.0.1:" + servers.kafka().port());
      assertThat(servers.connect()).isEqualTo("127.0.0.1:" + servers.zookeeper().port());
      assertThat(servers.registryUrl()).hasPort(servers.registry().port());
      try (var probe = new RedisProbe(servers.redis().port())) {
        assertThat(probe.ask("PING")).isEqualTo("+PONG");
      }
      try (Stream<Path> entries = Files.list(data)) {
        assertThat(entries.map(path -> path.getFileName().toString()))
            .containsExactlyInAnyOrder("kafka", "zookeeper", "redis", "lock");
      }

      assertThatThrownBy(() -> Servers.start(ANY_PORTS, data))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContaining(data.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }

    try (var again = Servers.start(ANY_PORTS, data)) {
      assertThat(again.kafka().port()).isPositive();
    }
  }

  @Test
  void losesNothingAndLeavesNothingRunningWhenTheProcessIsKilled() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServersHolder.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int redisPort = ServersHolder.redisPort(holder);
    assertThat(answers(redisPort)).isTrue();

    holder.destroyForcibly().waitFor();

    await().atMost(Duration.ofMinutes(1)).until(() -> !answers(redisPort));
    long begun = System.nanoTime();
    try (var servers = Servers.start(ANY_PORTS, data);
        Admin admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrap()));
        var registry = ServersHolder.registry(servers);
        var curator = ServersHolder.curator(servers)) {
      assertThat(admin.listTopics().names().get()).contains(ServersHolder.NAME);
      assertThat(registry.idOf(ServersHolder.NAME, ServersHolder.SCHEMA)).isEqualTo(1);
      assertThat(curator.checkExists().forPath("/" + ServersHolder.NAME)).isNotNull();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void saysBeforeItStartsAnythingThatAPortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName(Ports.LOOPBACK))) {
      var config = new ServersConfig(0, 0, 0, taken.getLocalPort());

      assertThatThrownBy(() -> Servers.start(config, data))
          .isInstanceOf(ServerStartException.class)
          .hasMessageContaining("Port " + taken.getLocalPort() + " for the schema registry");
      assertThat(data.resolve("kafka")).doesNotExist();
    }
    try (DataFolder folder = DataFolder.hold(data)) {
      assertThat(folder.of("kafka")).isDirectory();
    }
  }

  @Test
  void saysThatTheFolderCannotBeWritten() throws Exception {
    Path file = Files.writeString(data.resolve("file"), "not a folder");

    assertThatThrownBy(() -> Servers.start(ANY_PORTS, file))
        .isInstanceOf(ServerStartException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("cannot be written");
  }

  private static boolean answers(int port) {
    try (var probe = new RedisProbe(port)) {
      return "+PONG".equals(probe.ask("PING"));
    } catch (IOException _) {
      return false;
    }
  }
}
