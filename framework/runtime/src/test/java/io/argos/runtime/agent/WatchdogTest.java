package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final long SECOND = 1_000_000_000L;
  private final List<String> told = new CopyOnWriteArrayList<>();

  private Watchdog.Watched named(String name) {
    return new Watchdog.Watched() {
      @Override
      public void overdue() {
        told.add(name + " overdue");
      }

      @Override
      public void leaked() {
        told.add(name + " leaked");
      }
    };
  }

  @Test
  void interruptsAtTheDeadlineAndAgainAndThenGivesUp() {
    try (Watchdog watchdog = new Watchdog("test", Duration.ofSeconds(10))) {
      var _ = watchdog.watch(named("a"), 100 * SECOND);

      watchdog.look(99 * SECOND);
      assertThat(told).isEmpty();
      watchdog.look(100 * SECOND);
      assertThat(told).containsExactly("a overdue");
      watchdog.look(102 * SECOND);
      assertThat(told).containsExactly("a overdue", "a overdue");
      watchdog.look(110 * SECOND);
      watchdog.look(200 * SECOND);
      assertThat(told).containsExactly("a overdue", "a overdue", "a leaked");
    }
  }

  @Test
  void givesUpNobodyWhoHadNoTimeToHearOfIt() {
    try (Watchdog watchdog = new Watchdog("test", Duration.ofSeconds(10))) {
      var _ = watchdog.watch(named("a"), 100 * SECOND);

      // The process stood still, and those that it runs with it.
      watchdog.look(160 * SECOND);
      assertThat(told).containsExactly("a overdue");
      watchdog.look(162 * SECOND);
      assertThat(told).containsExactly("a overdue", "a overdue");
      watchdog.look(169 * SECOND);
      assertThat(told).hasSize(2);
      watchdog.look(170 * SECOND);
      assertThat(told).containsExactly("a overdue", "a overdue", "a leaked");
    }
  }

  @Test
  void watchesOnAfterOneThatCannotBeInterrupted() {
    Watchdog.Watched broken =
        new Watchdog.Watched() {
          @Override
          public void overdue() {
            throw new NoClassDefFoundError("as planned");
          }

          @Override
          public void leaked() {}
        };
    try (Watchdog watchdog = new Watchdog("test", Duration.ofSeconds(10))) {
      var _ = watchdog.watch(broken, SECOND);
      var _ = watchdog.watch(named("b"), 2 * SECOND);

      watchdog.look(2 * SECOND);

      assertThat(told).containsExactly("b overdue");
    }
  }

  @Test
  void leavesAloneWhatHasEnded() {
    try (Watchdog watchdog = new Watchdog("test", Duration.ofSeconds(10))) {
      Watchdog.Deadline ended = watchdog.watch(named("a"), SECOND);
      var _ = watchdog.watch(named("b"), SECOND);

      ended.end();
      watchdog.look(SECOND);

      assertThat(told).containsExactly("b overdue");
    }
  }

  @Test
  void wakesForADeadlineEarlierThanTheOneItSleepsFor() {
    try (Watchdog watchdog = new Watchdog("test", Duration.ofSeconds(10))) {
      watchdog.start();
      var _ = watchdog.watch(named("far"), System.nanoTime() + 3600 * SECOND);
      var _ = watchdog.watch(named("near"), System.nanoTime() + SECOND / 20);

      await().untilAsserted(() -> assertThat(told).containsExactly("near overdue"));
    }
  }
}
