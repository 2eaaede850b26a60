package io.argos.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.deploy.faults.ledger.Figures;
import io.argos.deploy.faults.ledger.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Figures FIGURES = figures(101, 100);

  @Test
  void tellsTheFiguresInOneLine() {
    Verdict verdict = verdict("leader-kill", FIGURES, Map.of(), List.of());

    assertThat(verdict.line())
        .isEqualTo(
            "leader-kill      ok seed=7 slots=101 polled=100 missed=1 doubled=2 shared=3"
                + " late p50/p99/max=50/99/100 ms elections=4");
    assertThat(verdict.json().path("lateP99Millis").asLong()).isEqualTo(99);
  }

  @Test
  void tellsThoseOfItsPartsBehind() {
    Verdict verdict =
        verdict("dead-devices", FIGURES, Map.of("a fifth dead", figures(10, 10)), List.of());

    assertThat(verdict.line()).endsWith(" [a fifth dead: slots=10 late 5/10/10 ms]");
    assertThat(verdict.json().path("a fifth dead").path("slots").asInt()).isEqualTo(10);
  }

  @Test
  void hasFailedWithOneViolation() {
    Verdict verdict =
        verdict(
            "agent-kill",
            FIGURES,
            Map.of(),
            List.of(new Violation("missed", "lab/one", Instant.EPOCH, "EXPIRED")));

    assertThat(verdict.ok()).isFalse();
    assertThat(verdict.line()).startsWith("agent-kill       FAILED seed=7");
  }

  @Test
  void holdsFiguresAgainstTheGoals() {
    List<Goal> goals =
        Goal.of(
            List.of(
                verdict("leader-kill", figures(20, 20), Map.of(), List.of()),
                verdict("leader-pause", FIGURES, Map.of(), List.of()),
                verdict(
                    "dead-devices",
                    FIGURES,
                    Map.of("a fifth dead", figures(300, 300)),
                    List.of())));

    assertThat(goals)
        .extracting(Goal::line)
        .containsExactly(
            "leader killed, latest poll: 20 ms, at most 5000 ms wanted: reached",
            "a fifth dead, p99 of the healthy: 297 ms, at most 250 ms wanted: NOT reached");
  }

  @Test
  void addsFiguresUp() {
    Figures sum = figures(10, 10).plus(figures(5, 4));

    assertThat(sum.slots()).isEqualTo(15);
    assertThat(sum.missed()).isEqualTo(1);
    assertThat(sum.doubled()).isEqualTo(4);
    assertThat(sum.late(1)).isEqualTo(Duration.ofMillis(10));
    assertThat(sum.lateness()).isSorted();
  }

  private static Verdict verdict(
      String scenario, Figures figures, Map<String, Figures> parts, List<Violation> violations) {
    return new Verdict(scenario, 7, figures, parts, 4, violations);
  }

  /** The first poll is late by one millisecond, and each by one more. */
  private static Figures figures(int slots, int polled) {
    return new Figures(
        slots, 2, 3, LongStream.rangeClosed(1, polled).mapToObj(Duration::ofMillis).toList());
  }
}
