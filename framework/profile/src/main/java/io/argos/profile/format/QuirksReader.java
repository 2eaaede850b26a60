package io.argos.profile.format;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the bounds of the exchange that a profile sets. */
final class QuirksReader {
  static final SnmpQuirks NONE =
      new SnmpQuirks(
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          false);

  private QuirksReader() {}

  static SnmpQuirks read(Fields fields) {
    SnmpQuirks quirks =
        new SnmpQuirks(
            duration(fields, "timeout"),
            integer(fields, "retries", 0, 10),
            integer(fields, "max-repetitions", 1, 1_000),
            integer(fields, "window", 1, 64),
            integer(fields, "max-rows", 1, 10_000_000),
            fields.flag("unordered", false));
    fields.done("snmp");
    return quirks;
  }

  private static Optional<Duration> duration(Fields fields, String key) {
    return fields
        .scalar(key)
        .flatMap(text -> {
          try {
            Duration duration = Duration.parse(text.value());
            if (duration.isPositive()) {
              return Optional.of(duration);
            }
          } catch (DateTimeParseException e) {
            // reported below, as a duration below zero is
          }
          fields.problem(
              text.place(), key + ": '" + text.value() + "' is not a duration such as PT2S");
          return Optional.empty();
        });
  }

  private static OptionalInt integer(Fields fields, String key, int least, int most) {
    Optional<Tree.Text> text = fields.scalar(key);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int value = Integer.parseInt(text.get().value());
      if (value >= least && value <= most) {
        return OptionalInt.of(value);
      }
    } catch (NumberFormatException e) {
      // reported below, as one out of bounds is
    }
    fields.problem(text.get().place(), key + " is a whole number from " + least + " to " + most);
    return OptionalInt.empty();
  }
}
