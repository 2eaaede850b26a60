package io.argos.runtime.agent;

import java.time.Duration;
import java.util.Optional;

/**
 * How far this clock is from the broker's, by the times at which the broker appended our own
 * records. Safe for use by any thread.
 */
public final class ClockSkew {
  private final Duration limit;
  private volatile Optional<Duration> measured = Optional.empty();
  private volatile boolean known;

  /** A measurement that complains above a limit. */
  public ClockSkew(Duration limit) {
    this.limit = limit;
  }

  /**
   * Takes one measurement: a record was sent, appended by the broker at its time, and acknowledged.
   * It lies between the other two, so one that took longer than the limit says nothing. Times are
   * milliseconds since the epoch.
   */
  void measure(long sent, long appended, long acknowledged) {
    if (acknowledged < sent || acknowledged - sent > limit.toMillis()) {
      return;
    }
    known = true;
    measured = Optional.of(Duration.ofMillis(sent + (acknowledged - sent) / 2 - appended));
  }

  /** The broker keeps our own time and tells nothing of its clock: there is nothing to wait for. */
  void untold() {
    known = true;
  }

  /** Whether all has been learnt that the broker has to tell. */
  public boolean known() {
    return known;
  }

  /** How far this clock is ahead; empty before the first measurement. */
  public Optional<Duration> ahead() {
    return measured;
  }

  /** Why the clock cannot be relied on, as a sentence; empty while it can. */
  public Optional<String> trouble() {
    return measured
        .filter(ahead -> ahead.abs().compareTo(limit) > 0)
        .map(ahead ->
            "this machine's clock is %s %s the broker's, more than %s"
                .formatted(ahead.abs(), ahead.isNegative() ? "behind" : "ahead of", limit));
  }
}
