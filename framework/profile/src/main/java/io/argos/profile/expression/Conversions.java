package io.argos.profile.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Conversions between the types. */
final class Conversions {
  private Conversions() {}

  /** A number as text, without a fraction where it has none. */
  static String text(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return Double.toString(value);
  }

  /**
   * Rounds to digits behind the point as Python does: the exact binary value, half to even on a
   * tie.
   */
  static double round(double value, int digits) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
  }

  /** The doubles of a numeric vector. */
  static double[] doubles(Vector vector) {
    return switch (vector) {
      case Vector.Numbers(double[] values, _) -> values;
      case Vector.Integers(long[] values, _) -> {
        double[] converted = new double[values.length];
        for (int i = 0; i < values.length; i++) {
          converted[i] = values[i];
        }
        yield converted;
      }
      case Vector.Texts _, Vector.Booleans _ ->
          throw new IllegalStateException("not numeric: " + vector.type());
    };
  }

  static long[] longs(Vector vector) {
    return ((Vector.Integers) vector).values();
  }

  static String[] texts(Vector vector) {
    return ((Vector.Texts) vector).values();
  }

  static boolean[] booleans(Vector vector) {
    return ((Vector.Booleans) vector).values();
  }

  /** Where either is absent. */
  static boolean[] eitherAbsent(Vector a, Vector b) {
    boolean[] x = a.absent();
    boolean[] y = b.absent();
    if (x.length == 0) {
      return y;
    }
    if (y.length == 0) {
      return x;
    }
    boolean[] either = new boolean[x.length];
    for (int i = 0; i < either.length; i++) {
      either[i] = x[i] || y[i];
    }
    return either;
  }

  /** Any vector as a wanted type; integers widen to numbers, and {@code none} to anything. */
  static Vector as(Vector vector, Type from, Type wanted) {
    if (from == wanted) {
      return vector;
    }
    if (from == Type.NONE) {
      return Vector.allAbsent(wanted, vector.size());
    }
    if (from == Type.INTEGER && wanted == Type.NUMBER) {
      return new Vector.Numbers(doubles(vector), vector.absent());
    }
    throw new IllegalStateException("cannot take " + from + " as " + wanted);
  }
}
