package io.argos.deploy.faults.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An agent that stood still for longer than it may believe in its partitions starts nothing before
 * the group has told it that it is a member; what it ran before may go on.
 *
 * @param belief how long it may stand still and believe
 */
public record ZombiesStartNothing(Duration belief) implements Checker {
  public static final String STARTED = "zombie-started";
  public static final String ASKED = "zombie-asked";

  @Override
  public List<Violation> check(Ledger ledger, Window window) {
    List<Violation> violations = new ArrayList<>();
    for (Fault fault : ledger.faults()) {
      if (fault.kind() == Fault.Kind.FROZEN
          && window.holds(fault.to())
          && Duration.between(fault.from(), fault.to()).compareTo(belief) > 0) {
        judge(ledger, fault, provenAfter(ledger, fault), violations);
      }
    }
    return violations;
  }

  private static Instant provenAfter(Ledger ledger, Fault fault) {
    return ledger.proofs().stream()
        .filter(proof -> proof.agent().equals(fault.subject()))
        .map(Proof::at)
        .filter(at -> !at.isBefore(fault.to().minus(SLACK)))
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  private static void judge(
      Ledger ledger, Fault fault, Instant provenAt, List<Violation> violations) {
    List<Ended> ofZombie =
        ledger.outcomes().stream()
            .filter(ended -> ended.ran() && ended.agent().equals(fault.subject()))
            .toList();
    for (Ended execution : ofZombie) {
      if (execution.startedAt().isAfter(fault.from().plus(SLACK))
          && execution.startedAt().isBefore(provenAt)) {
        violations.add(
            new Violation(
                STARTED, execution.device(), execution.startedAt(), execution.toString()));
      }
    }
    for (Asked request : ledger.asked()) {
      if (request.agent().equals(fault.subject())
          && request.at().isAfter(fault.to())
          && request.at().isBefore(provenAt)
          && ofZombie.stream()
              .noneMatch(execution ->
                  execution.device().equals(request.device())
                      && execution.covers(request.at(), SLACK))) {
        violations.add(
            new Violation(ASKED, request.device(), request.at(), "asked by " + fault.subject()));
      }
    }
  }
}
