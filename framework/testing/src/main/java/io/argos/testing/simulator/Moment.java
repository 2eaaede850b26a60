package io.argos.testing.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * The moment at which a device is asked, all that its answers depend on.
 *
 * @param now time of day
 * @param bootedAt when the device last started
 * @param boots restarts so far, 0 at first
 * @param shuffles how often interfaces changed their ifIndex
 */
public record Moment(Instant now, Instant bootedAt, int boots, int shuffles) {
  /** Seconds since the start, with a fraction. */
  public double secondsUp() {
    Duration up = Duration.between(bootedAt, now);
    return up.getSeconds() + up.getNano() / 1e9;
  }

  /** Hundredths of a second since the start; sysUpTime is this modulo 2^32. */
  public long centisUp() {
    return Duration.between(bootedAt, now).toMillis() / 10;
  }
}
