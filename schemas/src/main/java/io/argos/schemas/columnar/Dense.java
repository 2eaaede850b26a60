package io.argos.schemas.columnar;

import java.util.Arrays;

/**
 * Where the values of some rows lie in a dense array.
 *
 * @param first position of their first value
 * @param end position behind their last value
 * @param absent which of these rows have no value, counted from the first of them
 */
record Dense(int first, int end, int[] absent) {

  /** The values of the rows from one up to another, when the rows at {@code absent} have none. */
  static Dense of(int[] absent, int from, int to) {
    int before = lowerBound(absent, from);
    int until = lowerBound(absent, to);
    int[] within = Arrays.copyOfRange(absent, before, until);
    for (int i = 0; i < within.length; i++) {
      within[i] -= from;
    }
    return new Dense(from - before, to - until, within);
  }

  private static int lowerBound(int[] sorted, int wanted) {
    int found = Arrays.binarySearch(sorted, wanted);
    return found >= 0 ? found : -found - 1;
  }
}
