package io.argos.snmp;

import java.util.concurrent.atomic.LongAdder;

/** The running counts behind {@link SnmpCounters}, shared by all loops of an engine. */
final class EngineCounts {
  final LongAdder requests = new LongAdder();
  final LongAdder repetitions = new LongAdder();
  final LongAdder answers = new LongAdder();
  final LongAdder unanswered = new LongAdder();
  final LongAdder unknownIds = new LongAdder();
  final LongAdder foreign = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder tooBig = new LongAdder();
  final LongAdder cut = new LongAdder();
  final LongAdder refused = new LongAdder();

  SnmpCounters snapshot() {
    return new SnmpCounters(
        requests.sum(),
        repetitions.sum(),
        answers.sum(),
        unanswered.sum(),
        unknownIds.sum(),
        foreign.sum(),
        malformed.sum(),
        tooBig.sum(),
        cut.sum(),
        refused.sum());
  }
}
