package io.argos.deploy.faults.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * No device is asked in secret: each request belongs to an execution of which its agent tells,
 * unless the agent was killed before it could.
 *
 * @param timeout longest run of a poll
 */
public record EveryRequestIsToldOf(Duration timeout) implements Checker {
  public static final String NOT_TOLD = "not-told";

  private record Asking(String device, String agent) {}

  @Override
  public List<Violation> check(Ledger ledger, Window window) {
    Map<Asking, List<Ended>> executions =
        ledger.outcomes().stream()
            .filter(Ended::ran)
            .collect(Collectors.groupingBy(ended -> new Asking(ended.device(), ended.agent())));
    List<Violation> violations = new ArrayList<>();
    for (Asked request : ledger.asked()) {
      if (window.holds(request.at())
          && executions
              .getOrDefault(new Asking(request.device(), request.agent()), List.of())
              .stream()
              .noneMatch(execution -> execution.covers(request.at(), SLACK))
          && ledger.faults().stream().noneMatch(fault -> silenced(fault, request))) {
        violations.add(
            new Violation(
                NOT_TOLD,
                request.device(),
                request.at(),
                "asked by " + (request.agent().isEmpty() ? "nobody known" : request.agent())));
      }
    }
    return violations;
  }

  private boolean silenced(Fault fault, Asked request) {
    return fault.kind() == Fault.Kind.KILLED
        && fault.subject().equals(request.agent())
        && !request.at().isAfter(fault.to())
        && !request.at().isBefore(fault.from().minus(timeout));
  }
}
