package io.argos.deploy.faults.ledger;

import io.argos.deploy.process.Timers;
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

  /** The rules for some timers. */
  public static Rules of(Timers timers) {
    // An agent starts nothing once its poll loop has stood still for two thirds of the session.
    Duration belief = timers.groupSession().multipliedBy(2).dividedBy(3);
    return new Rules(
        new EverySlotIsPolled(timers.interval()),
        List.of(
            new EveryRequestIsToldOf(timers.timeout()),
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
