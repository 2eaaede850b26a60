package io.argos.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedZooKeeperIT {
  @TempDir Path folder;

  @Test
  void keepsNodesThroughARestart() throws Exception {
    try (var zookeeper = EmbeddedZooKeeper.start(folder);
        CuratorFramework client = client(zookeeper, 6_000)) {
      client.create().forPath("/epoch", "7".getBytes(UTF_8));
    }

    try (var zookeeper = EmbeddedZooKeeper.start(folder);
        CuratorFramework client = client(zookeeper, 6_000)) {
      assertThat(client.getData().forPath("/epoch")).isEqualTo("7".getBytes(UTF_8));
    }
  }

  @Test
  void letsSessionsBeAsShortAsTwoTicks() throws Exception {
    try (var zookeeper = EmbeddedZooKeeper.start(folder, 0, Duration.ofSeconds(1));
        CuratorFramework client = client(zookeeper, 2_000)) {
      client.blockUntilConnected();

      assertThat(client.getZookeeperClient().getZooKeeper().getSessionTimeout()).isEqualTo(2_000);
    }
  }

  @Test
  void namesThePortThatIsTaken() {
    try (var first = EmbeddedZooKeeper.start(folder.resolve("first"))) {
      Path second = folder.resolve("second");
      int port = first.port();

      assertThatThrownBy(
              () -> EmbeddedZooKeeper.start(second, port, EmbeddedZooKeeper.DEFAULT_TICK))
          .isInstanceOf(ServerStartException.class)
          .hasMessageStartingWith("Port " + port + " for ZooKeeper cannot be had")
          .hasMessageContaining("servers.zookeeper-port");
    }
  }

  private static CuratorFramework client(EmbeddedZooKeeper zookeeper, int sessionMillis) {
    CuratorFramework client =
        CuratorFrameworkFactory.newClient(
            zookeeper.connect(), sessionMillis, 3_000, new RetryOneTime(100));
    client.start();
    return client;
  }
}
