package io.argos.deploy.explain;

import io.argos.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Times as a person reads them beside the present.
 *
 * @param now the present
 */
record Moments(Instant now) {

  /** {@code 2026-01-02T03:04:05Z, 12s ago}. */
  String of(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS) + ", " + away(time);
  }

  /** {@code 12s ago}, {@code now} or {@code in 12s}. */
  String away(Instant time) {
    Duration between = Duration.between(time, now);
    if (between.abs().toMillis() < 1_000) {
      return "now";
    }
    return between.isNegative() ? "in " + span(between) : span(between) + " ago";
  }

  /** As {@link #away}, of what can only be past: it may have come while it was asked for. */
  String ago(Instant time) {
    return time.isAfter(now) ? "now" : away(time);
  }

  /** To the second below an hour, to the minute below a day, to the hour above. */
  static String span(Duration span) {
    Duration length = span.abs();
    ChronoUnit unit =
        length.toDays() > 0
            ? ChronoUnit.HOURS
            : length.toHours() > 0 ? ChronoUnit.MINUTES : ChronoUnit.SECONDS;
    return Durations.format(length.truncatedTo(unit));
  }

  /** To the millisecond below ten seconds, to the second above. */
  static String exact(Duration span) {
    Duration length = span.abs();
    return Durations.format(
        length.truncatedTo(length.toSeconds() < 10 ? ChronoUnit.MILLIS : ChronoUnit.SECONDS));
  }
}
