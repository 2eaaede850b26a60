package io.argos.profile;

import io.argos.snmp.SnmpColumn;
import java.util.Arrays;

/** Arithmetic over rows that are named by indexes in ascending order. */
final class IndexRows {
  private IndexRows() {}

  /** True when each index is greater than the one before. */
  static boolean isAscending(int[][] indexes) {
    for (int i = 1; i < indexes.length; i++) {
      if (Arrays.compareUnsigned(indexes[i - 1], indexes[i]) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** All indexes of some sets, each once, ascending. */
  static int[][] union(Iterable<int[][]> sets) {
    int total = 0;
    for (int[][] set : sets) {
      total += set.length;
    }
    int[][] all = new int[total][];
    int filled = 0;
    for (int[][] set : sets) {
      System.arraycopy(set, 0, all, filled, set.length);
      filled += set.length;
    }
    Arrays.sort(all, Arrays::compareUnsigned);
    int kept = 0;
    for (int i = 0; i < total; i++) {
      if (kept == 0 || !Arrays.equals(all[kept - 1], all[i])) {
        all[kept++] = all[i];
      }
    }
    return Arrays.copyOf(all, kept);
  }

  /** Position of an index among ascending ones, or -1 - the place where it would stand. */
  static int find(int[][] indexes, int[] wanted) {
    int low = 0;
    int high = indexes.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(indexes[middle], wanted);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /**
   * For each row its position in a column, or -1. Both are walked once when the column ascends, as
   * columns do unless the device broke their order.
   *
   * @param positions takes the positions
   * @return count of the column's rows that are among the rows
   */
  static int align(int[][] rows, SnmpColumn column, int[] positions) {
    int[][] indexes = column.indexes();
    if (indexes == rows) {
      for (int i = 0; i < rows.length; i++) {
        positions[i] = i;
      }
      return rows.length;
    }
    int found = 0;
    int at = 0;
    int[] previous = null;
    Arrays.fill(positions, 0, rows.length, -1);
    for (int i = 0; i < indexes.length; i++) {
      int[] index = indexes[i];
      if (previous != null && Arrays.compareUnsigned(previous, index) >= 0) {
        return alignUnordered(rows, column, positions);
      }
      previous = index;
      while (at < rows.length) {
        int order =
            rows[at].length == 1 && index.length == 1
                ? Integer.compareUnsigned(rows[at][0], index[0])
                : Arrays.compareUnsigned(rows[at], index);
        if (order < 0) {
          at++;
          continue;
        }
        if (order == 0) {
          positions[at++] = i;
          found++;
        }
        break;
      }
    }
    return found;
  }

  private static int alignUnordered(int[][] rows, SnmpColumn column, int[] positions) {
    Arrays.fill(positions, 0, rows.length, -1);
    int found = 0;
    for (int i = 0; i < column.size(); i++) {
      int row = find(rows, column.indexes()[i]);
      if (row >= 0 && positions[row] < 0) {
        positions[row] = i;
        found++;
      }
    }
    return found;
  }

  /** An index in dotted form. */
  static String text(int[] index) {
    if (index.length == 1) {
      return Integer.toUnsignedString(index[0]);
    }
    StringBuilder text = new StringBuilder(index.length * 4);
    for (int arc : index) {
      if (!text.isEmpty()) {
        text.append('.');
      }
      text.append(Integer.toUnsignedString(arc));
    }
    return text.toString();
  }

  /** An index out of its dotted form; no arcs when it is none. */
  static int[] parse(String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    String[] parts = text.split("\\.", -1);
    int[] arcs = new int[parts.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        arcs[i] = Integer.parseUnsignedInt(parts[i]);
      }
    } catch (NumberFormatException e) {
      return new int[0];
    }
    return arcs;
  }

  /** True when an index begins with all arcs of a prefix. */
  static boolean startsWith(int[] index, int[] prefix) {
    return index.length >= prefix.length
        && Arrays.equals(index, 0, prefix.length, prefix, 0, prefix.length);
  }
}
