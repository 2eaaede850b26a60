package io.argos.runtime.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.argos.config.Sensitive;
import io.argos.config.TlsConfig;
import io.argos.config.ZooKeeperConfig;
import io.argos.servers.EmbeddedZooKeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.SessionConnectionStateErrorPolicy;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooKeeperClientIT {
  /** Long, so that the third of it that is left is more than a busy machine stands still. */
  private static final Duration SESSION = Duration.ofSeconds(9);

  @TempDir Path folder;

  @Test
  void keepsItsSessionThroughAShortOutageAndTakesItForLostBeforeTheServerDoes() throws Exception {
    var suspended = new CountDownLatch(1);
    var reconnected = new CountDownLatch(1);
    var lost = new CountDownLatch(1);
    var suspendedAt = new AtomicLong();
    var lostAt = new AtomicLong();
    var server = EmbeddedZooKeeper.start(folder);
    int port = server.port();
    try (var client = ZooKeeperClient.start(config(server.connect(), Optional.empty()))) {
      assertThat(client.awaitConnected(Duration.ofSeconds(60))).isTrue();
      assertThat(client.curator().getConnectionStateErrorPolicy())
          .isInstanceOf(SessionConnectionStateErrorPolicy.class);
      client
          .curator()
          .getConnectionStateListenable()
          .addListener((_, state) -> {
            if (state == ConnectionState.SUSPENDED) {
              suspendedAt.set(System.nanoTime());
              suspended.countDown();
            } else if (state == ConnectionState.RECONNECTED) {
              reconnected.countDown();
            } else if (state == ConnectionState.LOST) {
              lostAt.set(System.nanoTime());
              lost.countDown();
            }
          });

      server.close();
      assertThat(suspended.await(60, TimeUnit.SECONDS)).isTrue();
      server = EmbeddedZooKeeper.start(folder, port, EmbeddedZooKeeper.DEFAULT_TICK);
      assertThat(reconnected.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(lost.getCount()).isEqualTo(1);

      server.close();
      assertThat(lost.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Duration.ofNanos(lostAt.get() - suspendedAt.get())).isLessThan(SESSION);
    } finally {
      server.close();
    }
  }

  @Test
  void makesNodesThatOnlyItsUserMayTouch() throws Exception {
    try (var server = EmbeddedZooKeeper.start(folder);
        var owner = ZooKeeperClient.start(config(server.connect(), Optional.of("argos")));
        var other = ZooKeeperClient.start(config(server.connect(), Optional.empty()))) {
      owner.curator().create().creatingParentContainersIfNeeded().forPath("/argos/epoch");

      assertThat(owner.curator().getACL().forPath("/argos/epoch"))
          .singleElement()
          .satisfies(acl -> assertThat(acl.getId().getScheme()).isEqualTo("digest"))
          .satisfies(acl -> assertThat(acl.getPerms()).isEqualTo(ZooDefs.Perms.ALL));
      assertThatThrownBy(() -> other.curator().getData().forPath("/argos/epoch"))
          .isInstanceOf(KeeperException.NoAuthException.class);
    }
  }

  @Test
  void makesParentsThatDoNotVanishWhenTheyAreEmpty() throws Exception {
    try (var server = EmbeddedZooKeeper.start(folder);
        var client = ZooKeeperClient.start(config(server.connect(), Optional.empty()))) {
      client
          .curator()
          .create()
          .creatingParentContainersIfNeeded()
          .withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
          .forPath("/argos/polling/latch-");

      // ZooKeeper marks the owner of a container with the lowest long there is.
      assertThat(client.curator().checkExists().forPath("/argos/polling").getEphemeralOwner())
          .isZero();
    }
  }

  private static ZooKeeperConfig config(String connect, Optional<String> user) {
    return new ZooKeeperConfig(
        connect,
        SESSION,
        Duration.ofSeconds(2),
        new TlsConfig(false, Optional.empty(), Optional.empty(), Optional.empty(), true),
        user,
        user.map(_ -> new Sensitive("word")));
  }
}
