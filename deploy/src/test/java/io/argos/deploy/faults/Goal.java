package io.argos.deploy.faults;

import io.argos.deploy.faults.ledger.Figures;
import io.argos.deploy.faults.scenario.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A figure to reach at real timers. It is told, not asserted: a busy machine is no defect.
 *
 * @param what what it is about
 * @param most the figure to reach
 * @param reached the figure found
 */
record Goal(String what, Duration most, Duration reached) {
  /** The goals that the verdicts say something of. */
  static List<Goal> of(List<Verdict> verdicts) {
    return verdicts.stream().map(Goal::of).flatMap(Optional::stream).toList();
  }

  private static Optional<Goal> of(Verdict verdict) {
    Map<String, Figures> parts = verdict.parts();
    return switch (verdict.scenario()) {
      case "leader-kill" ->
          Optional.of(
              new Goal(
                  "leader killed, latest poll", Duration.ofSeconds(5), verdict.figures().late(1)));
      case "agent-kill" ->
          Optional.of(
              new Goal(
                  "agent killed, latest poll", Duration.ofSeconds(10), verdict.figures().late(1)));
      case "dead-devices" ->
          Optional.ofNullable(parts.get(Script.BESIDE_DEAD))
              .map(part ->
                  new Goal(
                      "a fifth dead, p99 of the healthy", Duration.ofMillis(250), part.late(0.99)));
      default -> Optional.empty();
    };
  }

  String line() {
    return "%s: %d ms, at most %d ms wanted: %s"
        .formatted(
            what,
            reached.toMillis(),
            most.toMillis(),
            reached.compareTo(most) <= 0 ? "reached" : "NOT reached");
  }
}
