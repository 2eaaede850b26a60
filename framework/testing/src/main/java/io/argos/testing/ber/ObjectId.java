package io.argos.testing.ber;

import java.util.Arrays;

/** An object identifier; each arc is an unsigned 32-bit number. Immutable. */
public final class ObjectId implements Comparable<ObjectId> {
  /** RFC 2578, 3.5: at most 128 sub-identifiers. */
  public static final int MAX_ARCS = 128;

  private final int[] arcs;

  private ObjectId(int[] arcs) {
    this.arcs = arcs;
  }

  /** An object identifier of the given arcs, which are copied. */
  public static ObjectId of(int... arcs) {
    if (arcs.length > MAX_ARCS) {
      throw new IllegalArgumentException("an object identifier has at most 128 arcs");
    }
    return new ObjectId(arcs.clone());
  }

  /**
   * Parses dotted decimal, with or without a leading dot.
   *
   * @throws IllegalArgumentException naming the text
   */
  public static ObjectId parse(String text) {
    String[] parts = (text.startsWith(".") ? text.substring(1) : text).split("\\.", -1);
    int[] arcs = new int[parts.length];
    try {
      for (int i = 0; i < parts.length; i++) {
        arcs[i] = Integer.parseUnsignedInt(parts[i]);
      }
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an object identifier such as 1.3.6.1.2.1.1.3.0");
    }
    return of(arcs);
  }

  /** Count of arcs. */
  public int length() {
    return arcs.length;
  }

  /** The arc at a position, an unsigned pattern. */
  public int arc(int position) {
    return arcs[position];
  }

  /** The last arc, an unsigned pattern. */
  public int last() {
    return arcs[arcs.length - 1];
  }

  /** True when all arcs of the other come first in this one. */
  public boolean startsWith(ObjectId prefix) {
    int n = prefix.arcs.length;
    return arcs.length >= n && Arrays.equals(arcs, 0, n, prefix.arcs, 0, n);
  }

  /** The first arcs. */
  public ObjectId prefix(int length) {
    return new ObjectId(Arrays.copyOf(arcs, length));
  }

  /** This one with further arcs behind it. */
  public ObjectId append(int... more) {
    int[] joined = Arrays.copyOf(arcs, arcs.length + more.length);
    System.arraycopy(more, 0, joined, arcs.length, more.length);
    return new ObjectId(joined);
  }

  @Override
  public int compareTo(ObjectId other) {
    return Arrays.compareUnsigned(arcs, other.arcs);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectId id && Arrays.equals(arcs, id.arcs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(arcs);
  }

  /** Dotted decimal without a leading dot. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(arcs.length * 4);
    for (int arc : arcs) {
      if (!text.isEmpty()) {
        text.append('.');
      }
      text.append(Integer.toUnsignedString(arc));
    }
    return text.toString();
  }
}
