package io.argos.runtime.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.servers.EmbeddedZooKeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadershipIT {
  private static final Candidate CANDIDATE =
      new Candidate("argos", "polling", "a", Duration.ofSeconds(6), Duration.ofMinutes(15));

  @TempDir Path folder;
  private final List<Long> published = new CopyOnWriteArrayList<>();
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
}
