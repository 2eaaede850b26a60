package io.argos.config;

import io.argos.config.Shape.Kind;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the text of one scalar into a value, and back for listings. */
final class Scalars {
  private static final Pattern SHORT_DURATION =
      Pattern.compile(
          "(?=\\d)(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+(?:\\.\\d+)?)s)?(?:(\\d+)ms)?");
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");

  private Scalars() {}

  /** Says what a text is not; the message follows the value in quotes. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * @param folder where a relative path starts
   */
  static Object read(Kind kind, String text, Path folder) throws Unreadable {
    return switch (kind) {
      case STRING -> text;
      case SENSITIVE -> new Sensitive(text);
      case INT -> (int) integer(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case SHORT -> (short) integer(text, Short.MIN_VALUE, Short.MAX_VALUE);
      case LONG -> integer(text, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> decimal(text);
      case BOOLEAN -> flag(text);
      case DURATION -> duration(text);
      case PATH -> path(text, folder);
      case URI -> address(text);
      case ZONE_ID -> zone(text);
    };
  }

  private static long integer(String text, long min, long max) throws Unreadable {
    if (!INTEGER.matcher(text).matches()) {
      throw new Unreadable("is not an integer");
    }
    long value = Long.parseLong(text);
    if (value < min || value > max) {
      throw new Unreadable("is not between " + min + " and " + max);
    }
    return value;
  }

  private static double decimal(String text) throws Unreadable {
    try {
      return new BigDecimal(text).doubleValue();
    } catch (NumberFormatException _) {
      throw new Unreadable("is not a number");
    }
  }

  private static boolean flag(String text) throws Unreadable {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Unreadable("is neither true nor false");
    };
  }

  /** ISO-8601, or units in falling order such as {@code 1h30m}, {@code 1.5s} or {@code 250ms}. */
  static Duration duration(String text) throws Unreadable {
    try {
      var units = SHORT_DURATION.matcher(text);
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
    } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
      throw new Unreadable("is not a duration such as 30s, 5m or PT30S");
    }
    throw new Unreadable("is not a duration such as 30s, 5m or PT30S");
  }

  private static long count(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static Path path(String text, Path folder) throws Unreadable {
    if (text.isBlank()) {
      throw new Unreadable("is not a path");
    }
    try {
      return folder.resolve(text).toAbsolutePath().normalize();
    } catch (InvalidPathException _) {
      throw new Unreadable("is not a path");
    }
  }

  private static URI address(String text) throws Unreadable {
    try {
      var address = new URI(text);
      if (address.getScheme() == null || address.getHost() == null) {
        throw new Unreadable("is not an address such as http://host:8081");
      }
      return address;
    } catch (URISyntaxException _) {
      throw new Unreadable("is not an address such as http://host:8081");
    }
  }

  private static ZoneId zone(String text) throws Unreadable {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException _) {
      throw new Unreadable("is not a time zone such as UTC or Europe/Berlin");
    }
  }

  /**
   * A value of a plugin's settings. A number or flag is one only if it reads back as it was
   * written: {@code 1.30} may be an OID and stays text.
   */
  static Object free(Tree.Scalar scalar) {
    var text = scalar.text();
    if (!scalar.plain()) {
      return text;
    }
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    if (text.matches("0|-?[1-9]\\d{0,17}")) {
      return Long.valueOf(text);
    }
    if (text.matches("-?\\d{1,15}\\.\\d{1,15}")
        && Double.toString(Double.parseDouble(text)).equals(text)) {
      return Double.valueOf(text);
    }
    return text;
  }

  /** The form in which a value is listed. */
  static String show(Object value) {
    return switch (value) {
      case Duration duration -> show(duration);
      case List<?> list -> "[" + String.join(", ", list.stream().map(Scalars::show).toList()) + "]";
      default -> value.toString();
    };
  }

  /** A duration in the short form, such as {@code 1m30s}. */
  static String show(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      return duration.isZero() ? "0s" : duration.toString();
    }
    var text = new StringBuilder();
    unit(text, duration.toDays(), "d");
    unit(text, duration.toHoursPart(), "h");
    unit(text, duration.toMinutesPart(), "m");
    int nanos = duration.toNanosPart();
    if (nanos == 0) {
      unit(text, duration.toSecondsPart(), "s");
    } else if (nanos % 1_000_000 == 0) {
      unit(text, duration.toSecondsPart(), "s");
      unit(text, nanos / 1_000_000, "ms");
    } else {
      return duration.toString();
    }
    return text.toString();
  }

  private static void unit(StringBuilder text, long count, String unit) {
    if (count != 0) {
      text.append(count).append(unit);
    }
  }
}
