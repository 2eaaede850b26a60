package io.argos.deploy.faults.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the slots of a span of time fared.
 *
 * @param slots how many were due
 * @param doubled of how many there was more than one whole poll
 * @param shared of how many the device was asked by more than one agent
 * @param lateness from due to the first request of the poll, of each that was polled; shortest
 *     first
 */
public record Figures(int slots, int doubled, int shared, List<Duration> lateness) {
  public Figures {
    lateness = lateness.stream().sorted().toList();
  }

  /** Those of this and of other slots. */
  public Figures plus(Figures other) {
    List<Duration> all = new ArrayList<>(lateness);
    all.addAll(other.lateness);
    return new Figures(slots + other.slots, doubled + other.doubled, shared + other.shared, all);
  }

  public int polled() {
    return lateness.size();
  }

  public int missed() {
    return slots - polled();
  }

  /** The lateness below which this share of the polled slots stays; 1 for the longest. */
  public Duration late(double share) {
    return lateness.isEmpty()
        ? Duration.ZERO
        : lateness.get(Math.max(0, (int) Math.ceil(share * lateness.size()) - 1));
  }
}
