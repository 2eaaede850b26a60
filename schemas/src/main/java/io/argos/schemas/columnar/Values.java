package io.argos.schemas.columnar;

import java.util.Arrays;

/**
 * The values of one column, dense: rows without a value take no place here.
 *
 * <p>The arrays are not copied: whoever hands one over must not touch it again.
 */
public sealed interface Values {

  /** Count of values. */
  int size();

  /** The values from one position up to another. */
  Values slice(int from, int to);

  /** Integral values; in a counter the bit patterns of unsigned 64-bit numbers. */
  record Longs(long[] values) implements Values {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Values slice(int from, int to) {
      return new Longs(Arrays.copyOfRange(values, from, to));
    }
  }

  /** Fractional values. */
  record Doubles(double[] values) implements Values {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Values slice(int from, int to) {
      return new Doubles(Arrays.copyOfRange(values, from, to));
    }
  }

  /** Text values, in enrichments only. */
  record Strings(String[] values) implements Values {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Values slice(int from, int to) {
      return new Strings(Arrays.copyOfRange(values, from, to));
    }
  }
}
