package io.argos.deploy.faults.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All rules, for the timers of a run.
 *
 * @param slots the first rule, which also gives the figures
 * @param others the rest
 */
public record Rules(EverySlotIsPolled slots, List<Checker> others) {
  public Rules {
    others = List.copyOf(others);
  }

  /** The rules for an interval and a session of the agents' group. */
  public static Rules of(Duration interval, Duration session) {
    // An agent starts nothing once its poll loop has stood still for two thirds of the session.
    Duration belief = session.multipliedBy(2).dividedBy(3);
    return new Rules(
        new EverySlotIsPolled(interval),
        List.of(
            new PollsDoNotOverlap(belief),
            new ZombiesStartNothing(belief),
            new EveryJobEndsOnce(),
            new EpochsRise()));
  }

  /** Everything that breaks a rule in a span of time. */
  public List<Violation> check(Ledger ledger, Window window) {
    List<Violation> violations = new ArrayList<>(slots.check(ledger, window));
    others.forEach(rule -> violations.addAll(rule.check(ledger, window)));
    return violations;
  }
}
