package io.argos.snmp;

import java.util.Map;
import java.util.Optional;

/**
 * What came of a plan. Whatever was read before a failure is there.
 *
 * @param values each scalar and column that was read, by the oid of the plan; an absent scalar is
 *     not among them, an empty column is
 * @param failure why something of the plan is missing; empty when all was read
 * @param requests requests sent, repetitions included
 */
public record SnmpReply(Map<Oid, SnmpColumn> values, Optional<SnmpFailure> failure, int requests) {
  public SnmpReply {
    values = Map.copyOf(values);
  }
}
