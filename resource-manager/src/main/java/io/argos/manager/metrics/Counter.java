package io.argos.manager.metrics;

/**
 * What a counter is: how wide its source is, by what it was multiplied, and whether it is
 * fractional.
 *
 * @param unit UCUM unit of the values
 * @param wrapBits width of the source counter, 32 or 64, or 0 when not known
 * @param scale factor already applied
 * @param fractional whether the values are doubles rather than unsigned 64-bit patterns
 */
record Counter(String unit, int wrapBits, long scale, boolean fractional) {
  /** What {@link #moved} answers when the counter was reset. */
  static final double RESET = Double.NaN;

  private static final int NARROW = 32;

  /** A scale above this makes a wrap larger than a long can tell; such a counter never wraps. */
  private static final long LARGEST_SCALE = 1L << 30;

  /**
   * By how much the counter moved from one value to the next, or {@link #RESET}.
   *
   * <p>A counter that rose moved by the difference. One that fell was reset, unless its source has
   * 32 bits, the device is known to have gone on running, and the move that a wrap implies is less
   * than half of the counter's range: then it wrapped once.
   */
  double moved(long before, long now, Continuity continuity) {
    if (fractional) {
      double difference = Double.longBitsToDouble(now) - Double.longBitsToDouble(before);
      return difference >= 0 && Double.isFinite(difference) ? difference : RESET;
    }
    boolean narrow = wrapBits == NARROW && scale >= 1 && scale <= LARGEST_SCALE;
    long range = narrow ? scale << NARROW : 0;
    if (narrow
        && (Long.compareUnsigned(now, range) >= 0 || Long.compareUnsigned(before, range) >= 0)) {
      return RESET;
    }
    if (Long.compareUnsigned(now, before) >= 0) {
      return unsigned(now - before);
    }
    if (!narrow || continuity != Continuity.UNBROKEN) {
      return RESET;
    }
    long implied = now - before + range;
    return implied < range / 2 ? implied : RESET;
  }

  /** Unit of the rate: the counter's own, per second. */
  String rateUnit() {
    return unit.isEmpty() || unit.equals("1") ? "/s" : unit + "/s";
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : (bits >>> 1) * 2.0 + (bits & 1);
  }
}
