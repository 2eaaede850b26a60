package io.argos.deploy.faults.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * No two executions of one device overlap, but those that ran when their agent was deceived: it may
 * have lost its partitions without knowing, and what it started until it had to doubt runs on.
 *
 * @param fence how long after the beginning of a fault an agent that goes on may start polls
 */
public record PollsDoNotOverlap(Duration fence) implements Checker {
  public static final String OVERLAP = "overlap";

  @Override
  public List<Violation> check(Ledger ledger, Window window) {
    Map<String, List<Ended>> executions =
        ledger.outcomes().stream()
            .filter(Ended::ran)
            .sorted(Comparator.comparing(Ended::startedAt))
            .collect(Collectors.groupingBy(Ended::device));
    List<Violation> violations = new ArrayList<>();
    executions.forEach((device, ofDevice) -> {
      for (int later = 1; later < ofDevice.size(); later++) {
        Ended second = ofDevice.get(later);
        if (!window.holds(second.startedAt())) {
          continue;
        }
        for (int earlier = 0; earlier < later; earlier++) {
          Ended first = ofDevice.get(earlier);
          if (second.startedAt().isBefore(first.endedAt().minus(SLACK))
              && !excused(first, ledger.faults())
              && !excused(second, ledger.faults())) {
            violations.add(
                new Violation(
                    OVERLAP, device, second.startedAt(), "%s and %s".formatted(first, second)));
          }
        }
      }
    });
    return violations;
  }

  /** Whether an execution ran when its agent could not know better. */
  private boolean excused(Ended execution, List<Fault> faults) {
    return faults.stream()
        .filter(fault -> fault.deceives(execution.agent()))
        .anyMatch(fault ->
            !execution.startedAt().isAfter(lastStart(fault))
                && !execution.endedAt().isBefore(fault.from()));
  }

  private Instant lastStart(Fault fault) {
    return fault.kind() == Fault.Kind.FROZEN
        ? fault.from().plus(SLACK)
        : fault.from().plus(fence).plus(SLACK);
  }
}
