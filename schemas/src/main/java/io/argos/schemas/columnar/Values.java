package io.argos.schemas.columnar;

/**
 * The values of one column, dense: rows without a value take no place here.
 *
 * <p>The arrays are not copied: whoever hands one over must not touch it again.
 */
public sealed interface Values {

  /** Count of values. */
  int size();

  /** Integral values; in a counter the bit patterns of unsigned 64-bit numbers. */
  record Longs(long[] values) implements Values {
    @Override
    public int size() {
      return values.length;
    }
  }

  /** Fractional values. */
  record Doubles(double[] values) implements Values {
    @Override
    public int size() {
      return values.length;
    }
  }

  /** Text values, in enrichments only. */
  record Strings(String[] values) implements Values {
    @Override
    public int size() {
      return values.length;
    }
  }
}
