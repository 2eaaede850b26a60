package io.argos.config;

import io.argos.config.Shape.Key;
import java.time.Duration;
import java.util.Optional;

/** The bounds of single values. */
final class Bounds {
  private Bounds() {}

  /** What is wrong with a value, to follow the value; empty when nothing is. */
  static Optional<String> broken(Key key, Object value) {
    if (value instanceof String text && !key.oneOf().isEmpty() && !key.oneOf().contains(text)) {
      return Optional.of("is none of " + String.join(", ", key.oneOf()));
    }
    double number;
    switch (value) {
      case Duration duration -> {
        if (key.range().isEmpty() && !duration.isPositive()) {
          return Optional.of("is not longer than nothing");
        }
        number = duration.toMillis() / 1000.0;
      }
      case Number given -> number = given.doubleValue();
      default -> {
        return Optional.empty();
      }
    }
    return key.range()
        .filter(range -> !(number >= range.min() && number <= range.max()))
        .map(range -> "is not " + describe(range, value instanceof Duration));
  }

  /** {@code from 0 to 1}, {@code at least 1}. */
  static String describe(Range range, boolean duration) {
    String min = bound(range.min(), duration);
    String max = bound(range.max(), duration);
    if (Double.isInfinite(range.max())) {
      return "at least " + min;
    }
    return Double.isInfinite(range.min()) ? "at most " + max : "from " + min + " to " + max;
  }

  private static String bound(double value, boolean duration) {
    if (duration && !Double.isInfinite(value)) {
      return Durations.format(Duration.ofMillis((long) (value * 1000)));
    }
    return value == Math.rint(value) && !Double.isInfinite(value)
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
