package io.argos.profile.expression;

import java.util.Arrays;

/**
 * A column of values of one type, of which any may be absent. The arrays are not copied: neither
 * side changes them once they are in a vector.
 */
public sealed interface Vector {
  /** The value of {@link #absent} when no row is absent. */
  boolean[] NONE_ABSENT = {};

  /** Count of rows. */
  int size();

  /** For each row whether its value is absent, or {@link #NONE_ABSENT} when none is. */
  boolean[] absent();

  /** Type of the values. */
  Type type();

  /** True when the row has no value. */
  default boolean isAbsent(int row) {
    boolean[] absent = absent();
    return absent.length != 0 && absent[row];
  }

  /** Integers; in counters the bit patterns of unsigned numbers. */
  record Integers(long[] values, boolean[] absent) implements Vector {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Type type() {
      return Type.INTEGER;
    }
  }

  /** Binary floating point numbers. */
  record Numbers(double[] values, boolean[] absent) implements Vector {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Type type() {
      return Type.NUMBER;
    }
  }

  /** Texts; an absent one holds an empty string. */
  record Texts(String[] values, boolean[] absent) implements Vector {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Type type() {
      return Type.TEXT;
    }
  }

  /** Truth values; an absent one holds false. */
  record Booleans(boolean[] values, boolean[] absent) implements Vector {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Type type() {
      return Type.BOOLEAN;
    }
  }

  /** A vector of a type without any value; {@code none} becomes text. */
  static Vector allAbsent(Type type, int size) {
    boolean[] absent = new boolean[size];
    Arrays.fill(absent, true);
    return switch (type) {
      case INTEGER -> new Integers(new long[size], absent);
      case NUMBER -> new Numbers(new double[size], absent);
      case BOOLEAN -> new Booleans(new boolean[size], absent);
      case TEXT, NONE -> {
        String[] empty = new String[size];
        Arrays.fill(empty, "");
        yield new Texts(empty, absent);
      }
    };
  }

  /** The rows at some positions, of which -1 gives an absent row. */
  default Vector pick(int[] positions) {
    int n = positions.length;
    boolean[] gone = new boolean[n];
    boolean any = false;
    for (int i = 0; i < n; i++) {
      gone[i] = positions[i] < 0 || isAbsent(positions[i]);
      any |= gone[i];
    }
    boolean[] mask = any ? gone : NONE_ABSENT;
    return switch (this) {
      case Integers(long[] values, _) -> {
        long[] picked = new long[n];
        for (int i = 0; i < n; i++) {
          picked[i] = gone[i] ? 0 : values[positions[i]];
        }
        yield new Integers(picked, mask);
      }
      case Numbers(double[] values, _) -> {
        double[] picked = new double[n];
        for (int i = 0; i < n; i++) {
          picked[i] = gone[i] ? 0 : values[positions[i]];
        }
        yield new Numbers(picked, mask);
      }
      case Texts(String[] values, _) -> {
        String[] picked = new String[n];
        for (int i = 0; i < n; i++) {
          picked[i] = gone[i] ? "" : values[positions[i]];
        }
        yield new Texts(picked, mask);
      }
      case Booleans(boolean[] values, _) -> {
        boolean[] picked = new boolean[n];
        for (int i = 0; i < n; i++) {
          picked[i] = !gone[i] && values[positions[i]];
        }
        yield new Booleans(picked, mask);
      }
    };
  }

  /** The value of a row as text; empty text for an absent one. */
  default String textAt(int row) {
    if (isAbsent(row)) {
      return "";
    }
    return switch (this) {
      case Integers(long[] values, _) -> Long.toString(values[row]);
      case Numbers(double[] values, _) -> Conversions.text(values[row]);
      case Texts(String[] values, _) -> values[row];
      case Booleans(boolean[] values, _) -> Boolean.toString(values[row]);
    };
  }

  /** True where the row is present and true; of booleans only. */
  default boolean isTrue(int row) {
    return this instanceof Booleans(boolean[] values, _) && values[row] && !isAbsent(row);
  }
}
