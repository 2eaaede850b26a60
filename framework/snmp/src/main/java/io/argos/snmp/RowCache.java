package io.argos.snmp;

import java.util.Arrays;

/**
 * Arrays that many columns have in common, shared between them: most tables of a network have the
 * same few indexes, and most columns one type. Bounded; belongs to one thread.
 */
final class RowCache {
  private static final int SLOTS = 1 << 13;
  private static final int LONGEST = 512;
  private final int[][] small = new int[128][];
  private final int[][] others = new int[SLOTS][];
  private final SnmpType[][] uniform = new SnmpType[SnmpType.values().length * LONGEST][];
  private final byte[][][] noOctets = new byte[LONGEST][][];
  private final long[][] noNumbers = new long[LONGEST][];
  private final int[] scratch = new int[Oid.MAX_ARCS];

  RowCache() {
    Arrays.setAll(small, i -> new int[] {i});
  }

  /** The arcs between two positions. */
  int[] index(byte[] octets, int from, int to) throws MalformedReplyException {
    if (to - from == 1 && octets[from] >= 0) {
      return small[octets[from]];
    }
    int count = Ber.arcs(octets, from, to, scratch);
    int hash = 1;
    for (int i = 0; i < count; i++) {
      hash = hash * 31 + scratch[i];
    }
    hash *= 0x9E3779B9;
    int slot = hash >>> (32 - 13);
    int[] known = others[slot];
    if (known != null && Arrays.equals(known, 0, known.length, scratch, 0, count)) {
      return known;
    }
    int[] index = Arrays.copyOf(scratch, count);
    others[slot] = index;
    return index;
  }

  /** So many rows of one type. */
  SnmpType[] uniform(SnmpType type, int rows) {
    if (rows >= LONGEST) {
      return filled(type, rows);
    }
    int slot = type.ordinal() * LONGEST + rows;
    SnmpType[] known = uniform[slot];
    if (known == null) {
      known = filled(type, rows);
      uniform[slot] = known;
    }
    return known;
  }

  private static SnmpType[] filled(SnmpType type, int rows) {
    SnmpType[] types = new SnmpType[rows];
    Arrays.fill(types, type);
    return types;
  }

  /** So many rows without octets. */
  byte[][] noOctets(int rows) {
    if (rows >= LONGEST) {
      return new byte[rows][];
    }
    byte[][] known = noOctets[rows];
    if (known == null) {
      known = new byte[rows][];
      noOctets[rows] = known;
    }
    return known;
  }

  /** So many rows without numbers. */
  long[] noNumbers(int rows) {
    if (rows >= LONGEST) {
      return new long[rows];
    }
    long[] known = noNumbers[rows];
    if (known == null) {
      known = new long[rows];
      noNumbers[rows] = known;
    }
    return known;
  }
}
