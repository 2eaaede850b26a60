package io.argos.runtime.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.servers.EmbeddedZooKeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.SessionConnectionStateErrorPolicy;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadershipIT {
  private static final Candidate CANDIDATE =
      new Candidate("argos", "polling", "a", Duration.ofSeconds(6), Duration.ofMinutes(15));

  @TempDir Path folder;
  private final List<Long> published = new CopyOnWriteArrayList<>();
  private final AtomicBoolean away = new AtomicBoolean();
  private final List<String> told = new CopyOnWriteArrayList<>();

  private final EpochLog log =
      new EpochLog() {
        @Override
        public long highest(String stage) {
          return published.stream().mapToLong(Long::longValue).max().orElse(0);
        }

        @Override
        public void publish(String stage, long epoch, String leader) {
          published.add(epoch);
        }
      };

  /** As when the name of a broker cannot be looked up for a moment. */
  private final LeadershipListener unlucky =
      new LeadershipListener() {
        @Override
        public void elected(LeaderTerm term) {
          told.add("elected " + term.epoch());
          if (term.epoch() == 1) {
            throw new IllegalStateException("as planned");
          }
        }

        @Override
        public void lost() {
          told.add("lost");
        }
      };

  @Test
  void leadsUnderAnotherEpochWhenItsWorkCouldNotBegin() {
    try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(folder);
        CuratorFramework client =
            CuratorFrameworkFactory.newClient(server.connect(), new RetryOneTime(100))) {
      client.start();
      try (Leadership leadership = new Leadership(client, CANDIDATE, log, unlucky)) {
        leadership.start();

        await().until(() -> told.contains("elected 2"));
        assertThat(leadership.caretaking()).isFalse();
      }
    }

    assertThat(told).startsWith("elected 1", "lost", "elected 2");
    assertThat(published).startsWith(1L, 2L);
  }

  /** As on a host without file descriptors for another consumer. */
  @Test
  void makesRoomWhenItsWorkNeverBegins() {
    Duration session = Duration.ofSeconds(1);
    Candidate broken = new Candidate("argos", "polling", "broken", session, Duration.ofMinutes(15));
    Candidate sound = new Candidate("argos", "polling", "sound", session, Duration.ofMinutes(15));
    try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(folder);
        CuratorFramework client =
            CuratorFrameworkFactory.newClient(server.connect(), new RetryOneTime(100))) {
      client.start();
      try (Leadership first = new Leadership(client, broken, log, listener("broken", true));
          Leadership second = new Leadership(client, sound, log, listener("sound", false))) {
        first.start();
        await().until(() -> told.contains("broken elected"));

        second.start();

        await().until(() -> told.contains("sound elected"));
      }
    }
  }

  @Test
  void leadsAfterItsConnectionWasAwayWhenItWasElected() {
    AtomicReference<EmbeddedZooKeeper> server =
        new AtomicReference<>(EmbeddedZooKeeper.start(folder));
    int port = server.get().port();
    try (CuratorFramework client =
        CuratorFrameworkFactory.builder()
            .connectString(server.get().connect())
            .retryPolicy(new RetryOneTime(100))
            .connectionStateErrorPolicy(new SessionConnectionStateErrorPolicy())
            .build()) {
      client.start();
      EpochLog failing =
          new EpochLog() {
            @Override
            public long highest(String stage) throws InterruptedException {
              if (away.compareAndSet(false, true)) {
                server.get().close();
                await().until(() -> !client.getZookeeperClient().isConnected());
                throw new EpochException("as planned");
              }
              return log.highest(stage);
            }

            @Override
            public void publish(String stage, long epoch, String leader)
                throws InterruptedException {
              log.publish(stage, epoch, leader);
            }
          };
      try (Leadership leadership =
          new Leadership(client, CANDIDATE, failing, listener("a", false))) {
        leadership.start();
        await().untilTrue(away);
        // Meanwhile it has tried again.
        await().during(Duration.ofSeconds(2)).until(told::isEmpty);

        server.set(EmbeddedZooKeeper.start(folder, port, Duration.ofSeconds(2)));

        await().until(() -> told.contains("a elected"));
      }
    } finally {
      server.get().close();
    }
  }

  /** As when somebody cleans up in ZooKeeper, or its data go at that very moment. */
  @Test
  void leadsAlsoWhenItsLatchNodeWasGoneWhenItWasElected() {
    try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start(folder);
        CuratorFramework client =
            CuratorFrameworkFactory.newClient(server.connect(), new RetryOneTime(100))) {
      client.start();
      EpochLog cleaning =
          new EpochLog() {
            @Override
            public long highest(String stage) throws InterruptedException {
              if (away.compareAndSet(false, true)) {
                clean(client);
              }
              return log.highest(stage);
            }

            @Override
            public void publish(String stage, long epoch, String leader)
                throws InterruptedException {
              log.publish(stage, epoch, leader);
            }
          };
      try (Leadership leadership =
          new Leadership(client, CANDIDATE, cleaning, listener("a", false))) {
        leadership.start();

        await().until(() -> told.contains("a elected"));
      }
    }
    assertThat(away).isTrue();
  }

  /** A seat outlasts a connection that is away for a moment. */
  @Test
  void leadsAgainWhenItHeardOfAnotherEpochWhileItsConnectionWasAway() {
    Candidate quick =
        new Candidate("argos", "polling", "a", Duration.ofSeconds(1), Duration.ofMinutes(15));
    AtomicReference<EmbeddedZooKeeper> server =
        new AtomicReference<>(EmbeddedZooKeeper.start(folder));
    int port = server.get().port();
    try (CuratorFramework client =
        CuratorFrameworkFactory.builder()
            .connectString(server.get().connect())
            .retryPolicy(new RetryOneTime(100))
            .connectionStateErrorPolicy(new SessionConnectionStateErrorPolicy())
            .build()) {
      client.start();
      try (Leadership leadership = new Leadership(client, quick, log, listener("a", false))) {
        leadership.start();
        await().until(() -> told.contains("a elected"));
        server.get().close();
        await().until(() -> !client.getZookeeperClient().isConnected());

        published.add(99L);
        leadership.heard(99);
        await().until(() -> told.contains("a lost"));
        server.set(EmbeddedZooKeeper.start(folder, port, Duration.ofSeconds(2)));

        await().until(() -> published.contains(100L));
      }
    } finally {
      server.get().close();
    }
    assertThat(told).startsWith("a elected", "a lost", "a elected");
  }

  private static void clean(CuratorFramework client) {
    try {
      for (String node : client.getChildren().forPath(CANDIDATE.latchPath())) {
        client.delete().forPath(CANDIDATE.latchPath() + "/" + node);
      }
    } catch (Exception e) {
      throw new IllegalStateException("the latch nodes cannot be deleted", e);
    }
  }

  private LeadershipListener listener(String name, boolean broken) {
    return new LeadershipListener() {
      @Override
      public void elected(LeaderTerm term) {
        told.add(name + " elected");
        if (broken) {
          throw new IllegalStateException("as planned");
        }
      }

      @Override
      public void lost() {
        told.add(name + " lost");
      }
    };
  }
}
