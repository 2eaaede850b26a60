package io.argos.deploy.faults.ledger;

import java.time.Duration;
import java.util.List;

/** A rule. A function of its input. */
@FunctionalInterface
public interface Checker {
  /** Clocks are read at different places of one machine, and in milliseconds. */
  Duration SLACK = Duration.ofMillis(50);

  /** What breaks the rule in a span of time. */
  List<Violation> check(Ledger ledger, Window window);
}
