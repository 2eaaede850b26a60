package io.argos.deploy.faults.ledger;

import java.time.Instant;

/** A span of time, the end included. */
public record Window(Instant from, Instant to) {
  boolean holds(Instant time) {
    return time.isAfter(from) && !time.isAfter(to);
  }
}
