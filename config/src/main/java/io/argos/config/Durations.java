package io.argos.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How durations are written, in every file that people write and in what they are shown. */
public final class Durations {
  private static final Pattern SHORT =
      Pattern.compile(
          "(?=\\d)(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+(?:\\.\\d+)?)s)?(?:(\\d+)ms)?");

  private Durations() {}

  /**
   * Reads units in falling order, such as {@code 1h30m}, {@code 1.5s} or {@code 250ms}, or
   * ISO-8601.
   *
   * @throws IllegalArgumentException with a message that names the text and what was expected
   */
  public static Duration parse(String text) {
    try {
      var units = SHORT.matcher(text);
      if (units.matches()) {
        var seconds = new BigDecimal(units.group(4) == null ? "0" : units.group(4));
        return Duration.ofDays(count(units.group(1)))
            .plusHours(count(units.group(2)))
            .plusMinutes(count(units.group(3)))
            .plusNanos(seconds.movePointRight(9).longValueExact())
            .plusMillis(count(units.group(5)));
      }
      if (text.startsWith("P")) {
        return Duration.parse(text);
      }
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(message(text), e);
    }
    throw new IllegalArgumentException(message(text));
  }

  private static String message(String text) {
    return "'" + text + "' " + EXPECTED;
  }

  static final String EXPECTED = "is not a duration such as 30s, 5m or PT30S";

  private static long count(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** The short form, such as {@code 1m30s}; ISO-8601 where that cannot say it. */
  public static String format(Duration duration) {
    if (duration.isNegative() || duration.toNanosPart() % 1_000_000 != 0) {
      return duration.toString();
    }
    if (duration.isZero()) {
      return "0s";
    }
    var text = new StringBuilder();
    unit(text, duration.toDays(), "d");
    unit(text, duration.toHoursPart(), "h");
    unit(text, duration.toMinutesPart(), "m");
    unit(text, duration.toSecondsPart(), "s");
    unit(text, duration.toMillisPart(), "ms");
    return text.toString();
  }

  private static void unit(StringBuilder text, long count, String unit) {
    if (count != 0) {
      text.append(count).append(unit);
    }
  }
}
