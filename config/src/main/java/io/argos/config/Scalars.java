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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Turns the text of one scalar into a value, and back for listings. */
final class Scalars {
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

  private static Duration duration(String text) throws Unreadable {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException _) {
      throw new Unreadable(Durations.EXPECTED);
    }
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

  /** A plugin's settings, which have no shape that we know, without what is absent. */
  static Object free(Tree tree) {
    return switch (tree) {
      case Tree.Scalar scalar -> free(scalar);
      case Tree.Broken broken -> broken.describe();
      case Tree.Sequence sequence ->
          sequence.items().stream()
              .filter(item -> !Tree.isAbsent(item))
              .map(Scalars::free)
              .toList();
      case Tree.Mapping mapping -> {
        Map<String, Object> values = new HashMap<>();
        mapping
            .entries()
            .forEach((name, entry) -> {
              if (!Tree.isAbsent(entry.value())) {
                values.put(name, free(entry.value()));
              }
            });
        yield Map.copyOf(values);
      }
    };
  }

  /**
   * A value of a plugin's settings. A number or flag is one only if it reads back as it was
   * written: {@code 1.30} may be an OID and stays text.
   */
  private static Object free(Tree.Scalar scalar) {
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
      case Duration duration -> Durations.format(duration);
      case List<?> list -> "[" + String.join(", ", list.stream().map(Scalars::show).toList()) + "]";
      default -> value.toString();
    };
  }
}
