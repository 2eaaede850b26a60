package io.argos.manager.metrics;

import java.util.Arrays;

/** The last values of one counter column, by row. */
final class CounterSeries {
  /** A row of which there is no value. */
  static final int NONE = -1;

  private final String name;
  private Counter counter;
  private short[] samples;
  private long[] bits;

  CounterSeries(String name, Counter counter, int rows) {
    this.name = name;
    this.counter = counter;
    this.samples = new short[rows];
    Arrays.fill(samples, (short) NONE);
    this.bits = new long[rows];
  }

  String name() {
    return name;
  }

  Counter counter() {
    return counter;
  }

  /** Takes another definition: values under the former one cannot be compared with new ones. */
  void define(Counter given) {
    if (!given.equals(counter)) {
      counter = given;
      Arrays.fill(samples, (short) NONE);
    }
  }

  void grow(int rows) {
    int had = samples.length;
    samples = Arrays.copyOf(samples, rows);
    Arrays.fill(samples, had, rows, (short) NONE);
    bits = Arrays.copyOf(bits, rows);
  }

  /** Number of the sample in which the row was last read, or {@link #NONE}. */
  int sampleOf(int row) {
    return samples[row];
  }

  long bitsOf(int row) {
    return bits[row];
  }

  void set(int row, int sample, long value) {
    samples[row] = (short) sample;
    bits[row] = value;
  }
}
