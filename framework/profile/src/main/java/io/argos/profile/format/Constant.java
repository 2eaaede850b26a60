package io.argos.profile.format;

import io.argos.profile.expression.Type;
import io.argos.profile.expression.Vector;
import java.util.Optional;

/** A default value, typed as its column is. */
public sealed interface Constant {
  record Text(String value) implements Constant {}

  record Integer(long value) implements Constant {}

  record Number(double value) implements Constant {}

  /** The constant that a text in a profile stands for; empty when it is not of the type. */
  static Optional<Constant> of(String text, Type type) {
    try {
      return Optional.ofNullable(
          switch (type) {
            case TEXT -> new Text(text);
            case INTEGER -> new Integer(Long.parseLong(text));
            case NUMBER -> new Number(Double.parseDouble(text));
            case BOOLEAN, NONE -> null;
          });
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A vector in whose absent rows this value stands. */
  default Vector fill(Vector vector) {
    boolean[] absent = vector.absent();
    if (absent.length == 0) {
      return vector;
    }
    return switch (vector) {
      case Vector.Texts(String[] values, _) when this instanceof Text(String value) -> {
        String[] filled = values.clone();
        for (int i = 0; i < filled.length; i++) {
          filled[i] = absent[i] ? value : filled[i];
        }
        yield new Vector.Texts(filled, Vector.NONE_ABSENT);
      }
      case Vector.Integers(long[] values, _) when this instanceof Integer(long value) -> {
        long[] filled = values.clone();
        for (int i = 0; i < filled.length; i++) {
          filled[i] = absent[i] ? value : filled[i];
        }
        yield new Vector.Integers(filled, Vector.NONE_ABSENT);
      }
      case Vector.Numbers(double[] values, _) when this instanceof Number(double value) -> {
        double[] filled = values.clone();
        for (int i = 0; i < filled.length; i++) {
          filled[i] = absent[i] ? value : filled[i];
        }
        yield new Vector.Numbers(filled, Vector.NONE_ABSENT);
      }
      default -> vector;
    };
  }
}
