package io.argos.polling.plugin.snmp;

import io.argos.snmp.SnmpTarget;
import io.argos.spi.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The time that a run has for its exchanges. */
final class RunTime {
  /** Kept free before the deadline, to make groups of what was read and to hand them over. */
  private static final Duration LONGEST_FINISH = Duration.ofMillis(500);

  private RunTime() {}

  /** The targets, to be asked one after the other, each with its share of what is left. */
  static List<SnmpTarget> share(Run run, Instant now, List<SnmpTarget> asked) {
    Duration left = Duration.between(now, run.deadline());
    Duration tenth = left.dividedBy(10);
    Duration finish = tenth.compareTo(LONGEST_FINISH) < 0 ? tenth : LONGEST_FINISH;
    Duration each = left.minus(finish).dividedBy(asked.size());
    return asked.stream().map(target -> target.within(each)).toList();
  }
}
