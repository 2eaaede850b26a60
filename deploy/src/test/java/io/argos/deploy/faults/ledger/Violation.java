package io.argos.deploy.faults.ledger;

import java.time.Instant;

/**
 * Something that must not be.
 *
 * @param rule short stable name of what was broken
 * @param device whose device it is; empty when it is none's
 * @param at the slot, or when it happened
 * @param what the same for a reader
 */
public record Violation(String rule, String device, Instant at, String what) {
  @Override
  public String toString() {
    return "%s %s at %s: %s".formatted(rule, device, at, what);
  }
}
