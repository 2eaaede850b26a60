package io.argos.deploy.command;

import io.argos.config.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times and sizes as a person reads them in a table, where a second more or less is nothing. */
final class Spans {
  private static final long MEBI = 1L << 20;

  private Spans() {}

  /** To the second below an hour, to the minute below a day, to the hour above. */
  static String coarse(Duration span) {
    Duration length = span.abs();
    ChronoUnit unit =
        length.toDays() > 0
            ? ChronoUnit.HOURS
            : length.toHours() > 0 ? ChronoUnit.MINUTES : ChronoUnit.SECONDS;
    return Durations.format(length.truncatedTo(unit));
  }

  /** To the millisecond below a second, to the tenth below a minute, to the second above. */
  static String millis(long millis) {
    if (millis < 1_000) {
      return millis + "ms";
    }
    return millis < 60_000
        ? String.format(Locale.ROOT, "%.1fs", millis / 1_000.0)
        : coarse(Duration.ofMillis(millis));
  }

  /** What is used of how much. */
  static String mebibytes(long used, long most) {
    return used / MEBI + "/" + most / MEBI + " MiB";
  }
}
