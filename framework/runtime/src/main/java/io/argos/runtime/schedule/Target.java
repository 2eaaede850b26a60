package io.argos.runtime.schedule;

import java.time.Duration;
import java.util.Optional;

/**
 * Something that is worked on again and again.
 *
 * @param key what it is
 * @param configHash hash of the plugin's configuration in force
 * @param resourceRevision revision of the resource an agent must have seen
 * @param zone zone whose agents reach the resource
 * @param timing when it is due
 * @param timeout longest run; four fifths of the interval where the configuration says nothing
 */
public record Target(
    TargetKey key,
    String configHash,
    long resourceRevision,
    String zone,
    Timing timing,
    Duration timeout) {

  /** Longest run of a cron job whose configuration names none. */
  private static final Duration CRON_TIMEOUT = Duration.ofMinutes(10);

  public Target {
    if (zone.isEmpty()) {
      throw new IllegalArgumentException("the target %s has no zone".formatted(key));
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "the timeout '%s' of %s is not positive".formatted(timeout, key));
    }
  }

  /** The timeout to use: the configured one, else four fifths of the interval. */
  public static Duration timeoutFor(Timing timing, Optional<Duration> configured) {
    return configured.orElseGet(() ->
        switch (timing) {
          case Timing.Every(Duration interval) ->
              Duration.ofMillis(Math.max(1, interval.toMillis() * 4 / 5));
          case Timing.Cron _ -> CRON_TIMEOUT;
        });
  }

  /** True when slots or meaning of queued jobs differ, so that those must be superseded. */
  boolean supersedes(Target former) {
    return !configHash.equals(former.configHash)
        || !zone.equals(former.zone)
        || !timing.equals(former.timing);
  }
}
