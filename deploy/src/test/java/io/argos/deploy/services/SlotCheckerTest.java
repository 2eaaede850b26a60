package io.argos.deploy.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.deploy.services.SlotChecker.Asked;
import io.argos.deploy.services.SlotChecker.Execution;
import io.argos.deploy.services.SlotChecker.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotCheckerTest {
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration TOOK = Duration.ofMillis(300);
  private static final int SLOTS = 6;

  /** Between the third slot of a device and its fourth. */
  private static final Instant FAULT = BEGIN.plusSeconds(25);

  private final SlotChecker checker = new SlotChecker(INTERVAL, Duration.ofSeconds(8), FAULT);
  private final Map<String, List<Instant>> due = new java.util.TreeMap<>();
  private final List<Execution> executions = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();

  /** Two devices, every slot polled 20 ms after it was due. */
  @BeforeEach
  void pollEverything() {
    for (String device : List.of("lab/one", "lab/two")) {
      List<Instant> slots = new ArrayList<>();
      for (int slot = 0; slot < SLOTS; slot++) {
        Instant at = BEGIN.plus(INTERVAL.multipliedBy(slot));
        slots.add(at);
        poll(device, at, Duration.ofMillis(20));
      }
      due.put(device, slots);
    }
  }

  @Test
  void isContentWithEverySlotPolled() {
    var report = check();

    assertThat(report.violations()).isEmpty();
    assertThat(report.slots()).isEqualTo(2 * SLOTS);
    assertThat(report.lateness()).hasSize(2 * SLOTS).containsOnly(Duration.ofMillis(20));
    assertThat(report.lost()).isZero();
    assertThat(report.repeated()).isZero();
  }

  @Test
  void findsEachSlotThatWasNotPolled() {
    long seed = System.nanoTime();
    Instant victim = slot(new Random(seed).nextInt(SLOTS));
    forget("lab/two", victim);

    assertThat(check().violations())
        .as("seed %d", seed)
        .containsExactly(new Violation.Missed("lab/two", victim));
  }

  @Test
  void countsNoPollThatDidNotRun() {
    forget("lab/one", slot(4));
    executions.add(new Execution("lab/one", slot(4), false, slot(5), Duration.ZERO));

    assertThat(check().violations()).containsExactly(new Violation.Missed("lab/one", slot(4)));
  }

  @Test
  void believesNoPollOfWhichTheDeviceKnowsNothing() {
    asked.removeIf(a -> a.resource().equals("lab/one") && near(a.at(), slot(1)));

    assertThat(check().violations())
        .containsExactly(new Violation.NotAsked("lab/one", slot(1), slot(1).plusMillis(20)));
  }

  @Test
  void allowsOneIntervalOfLatenessAndNoMore() {
    forget("lab/one", slot(3));
    poll("lab/one", slot(3), Duration.ofMillis(9_900));
    forget("lab/two", slot(3));
    poll("lab/two", slot(3), Duration.ofMillis(10_100));

    assertThat(check().violations())
        .containsExactly(new Violation.Late("lab/two", slot(3), Duration.ofMillis(10_100)));
    assertThat(check().lateness(1)).isEqualTo(Duration.ofMillis(10_100));
  }

  @Test
  void countsAsLostOnlyWhatRanAtTheFault() {
    // Due five seconds before the fault and asked, no outcome: it was running.
    executions.removeIf(e -> e.resource().equals("lab/one") && e.dueAt().equals(slot(2)));
    // Due at the same time and never asked: it was not.
    forget("lab/two", slot(2));

    var report = check();

    assertThat(report.lost()).isEqualTo(1);
    assertThat(report.violations()).containsExactly(new Violation.Missed("lab/two", slot(2)));
  }

  @Test
  void doesNotCallLostWhatHadTimeToEndBeforeTheFault() {
    executions.removeIf(e -> e.resource().equals("lab/one") && e.dueAt().equals(slot(1)));

    assertThat(check().violations()).containsExactly(new Violation.Missed("lab/one", slot(1)));
  }

  @Test
  void countsASlotPolledTwiceOnce() {
    poll("lab/one", slot(2), Duration.ofSeconds(7));

    var report = check();

    assertThat(report.repeated()).isEqualTo(1);
    assertThat(report.violations()).isEmpty();
    assertThat(report.lateness(1)).isEqualTo(Duration.ofMillis(20));
  }

  private SlotChecker.Report check() {
    return checker.check(due, executions, asked);
  }

  private static Instant slot(int number) {
    return BEGIN.plus(INTERVAL.multipliedBy(number));
  }

  private void poll(String device, Instant dueAt, Duration late) {
    Instant at = dueAt.plus(late);
    executions.add(new Execution(device, dueAt, true, at, TOOK));
    asked.add(new Asked(device, at.plusMillis(1)));
    asked.add(new Asked(device, at.plusMillis(200)));
    // The first request is what counts; the log says when the device got it.
    asked.add(new Asked(device, at));
  }

  private void forget(String device, Instant dueAt) {
    executions.removeIf(e -> e.resource().equals(device) && e.dueAt().equals(dueAt));
    asked.removeIf(a -> a.resource().equals(device) && near(a.at(), dueAt));
  }

  private static boolean near(Instant at, Instant dueAt) {
    return !at.isBefore(dueAt) && at.isBefore(dueAt.plus(INTERVAL));
  }
}
