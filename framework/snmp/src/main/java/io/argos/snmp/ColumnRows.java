package io.argos.snmp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The rows of one column as they come in; grows, and allocates only what the types need. */
final class ColumnRows {
  private int size;
  private int[][] indexes;
  private SnmpType first = SnmpType.ABSENT;
  private SnmpType @Nullable [] types;
  private long @Nullable [] numbers;
  private byte @Nullable [][] octets;

  ColumnRows(int capacity) {
    indexes = new int[Math.max(capacity, 1)][];
  }

  int size() {
    return size;
  }

  /** Takes a binding of a reply as the next row. */
  void add(int[] index, SnmpType type, PduReply reply, int binding) throws MalformedReplyException {
    if (size == indexes.length) {
      grow();
    }
    if (type.isNumber()) {
      long number = reply.number(binding, type);
      if (numbers == null) {
        numbers = new long[indexes.length];
      }
      numbers[size] = number;
    } else if (type != SnmpType.ABSENT) {
      byte[] value = reply.octets(binding, type);
      if (octets == null) {
        octets = new byte[indexes.length][];
      }
      octets[size] = value;
    }
    if (type != first || types != null) {
      setType(type);
    }
    indexes[size++] = index;
  }

  private void setType(SnmpType type) {
    if (size == 0) {
      first = type;
    } else if (types == null) {
      types = new SnmpType[indexes.length];
      Arrays.fill(types, 0, size, first);
    }
    if (types != null) {
      types[size] = type;
    }
  }

  private void grow() {
    int capacity = Math.max(16, size * 2);
    indexes = Arrays.copyOf(indexes, capacity);
    if (types != null) {
      types = Arrays.copyOf(types, capacity);
    }
    if (numbers != null) {
      numbers = Arrays.copyOf(numbers, capacity);
    }
    if (octets != null) {
      octets = Arrays.copyOf(octets, capacity);
    }
  }

  /** Puts the rows into ascending order, for a device that gives them in another. */
  void sort() {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, row -> row);
    int[][] sorted = indexes;
    Arrays.sort(order, (a, b) -> Arrays.compareUnsigned(sorted[a], sorted[b]));
    indexes = picked(indexes, order);
    types = types == null ? null : picked(types, order);
    octets = octets == null ? null : picked(octets, order);
    if (numbers != null) {
      long[] former = numbers;
      numbers = new long[size];
      Arrays.setAll(numbers, row -> former[order[row]]);
    }
  }

  private static <T> T[] picked(T[] from, Integer[] order) {
    T[] picked = Arrays.copyOf(from, order.length);
    for (int row = 0; row < order.length; row++) {
      picked[row] = from[order[row]];
    }
    return picked;
  }

  /** The column read; its indexes are those of the neighbour when they are the same. */
  SnmpColumn finish(Oid oid, boolean complete, int[][] neighbour, RowCache cache) {
    return new SnmpColumn(
        oid,
        sameAs(neighbour) ? neighbour : trimmed(indexes),
        types == null ? cache.uniform(first, size) : trimmed(types),
        numbers == null
            ? cache.noNumbers(size)
            : numbers.length == size ? numbers : Arrays.copyOf(numbers, size),
        octets == null ? cache.noOctets(size) : trimmed(octets),
        complete);
  }

  // The arrays of equal indexes are mostly the same objects, out of the RowCache.
  private boolean sameAs(int[][] neighbour) {
    if (neighbour.length != size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (neighbour[i] != indexes[i]) {
        return false;
      }
    }
    return true;
  }

  private <T> T[] trimmed(T[] array) {
    return array.length == size ? array : Arrays.copyOf(array, size);
  }
}
