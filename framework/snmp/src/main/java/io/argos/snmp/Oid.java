package io.argos.snmp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An object identifier: up to 128 arcs, each an unsigned 32-bit number. Immutable. */
public final class Oid implements Comparable<Oid> {
  static final int MAX_ARCS = 128;
  private final int[] arcs;
  // Racy single-check caches: every thread computes the same content, and an array is published
  // whole.
  private byte @Nullable [] ber;
  private int hash;

  private Oid(int[] arcs) {
    this.arcs = arcs;
  }

  /** An oid of the given arcs, which are copied. */
  public static Oid of(int... arcs) {
    if (arcs.length > MAX_ARCS) {
      throw new IllegalArgumentException("an oid has at most 128 arcs, not " + arcs.length);
    }
    return new Oid(arcs.clone());
  }

  /**
   * Parses dotted decimal, with or without a leading dot.
   *
   * @throws IllegalArgumentException naming the text
   */
  public static Oid parse(String text) {
    String body = text.startsWith(".") ? text.substring(1) : text;
    String[] parts = body.split("\\.", -1);
    if (parts.length > MAX_ARCS) {
      throw new IllegalArgumentException("'" + text + "' has more than 128 arcs");
    }
    int[] arcs = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        arcs[i] = Integer.parseUnsignedInt(parts[i]);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "'" + text + "' is not an oid such as 1.3.6.1.2.1.1.3.0", e);
      }
    }
    return new Oid(arcs);
  }

  /** Count of arcs. */
  public int length() {
    return arcs.length;
  }

  /** The arc at a position, as an unsigned number. */
  public long arc(int position) {
    return Integer.toUnsignedLong(arcs[position]);
  }

  /** A copy of the arcs, each an unsigned 32-bit pattern. */
  public int[] toArray() {
    return arcs.clone();
  }

  /**
   * True when this oid begins with all arcs of the other (arc-wise, so 1.3.1 does not begin
   * 1.3.10).
   */
  public boolean startsWith(Oid prefix) {
    int n = prefix.arcs.length;
    return arcs.length >= n && Arrays.equals(arcs, 0, n, prefix.arcs, 0, n);
  }

  /** True when both differ in nothing but the last arc, as the columns of one table do. */
  boolean isSiblingOf(Oid other) {
    int n = arcs.length - 1;
    return n == other.arcs.length - 1 && n > 0 && Arrays.equals(arcs, 0, n, other.arcs, 0, n);
  }

  /** This oid with further arcs behind it. */
  public Oid append(int... more) {
    int[] joined = Arrays.copyOf(arcs, arcs.length + more.length);
    System.arraycopy(more, 0, joined, arcs.length, more.length);
    return of(joined);
  }

  /** The arcs from a position on, as an oid of their own. */
  public Oid suffix(int from) {
    return new Oid(Arrays.copyOfRange(arcs, from, arcs.length));
  }

  /**
   * The content octets of this oid in BER (X.690 8.19), shared: not to be written to.
   * Sub-identifiers delimit themselves, so a prefix of arcs (of two or more) is a prefix of octets.
   *
   * @throws IllegalArgumentException when BER has no form for it
   */
  byte[] ber() {
    byte[] encoded = ber;
    if (encoded == null) {
      if (arcs.length < 2
          || arcs[0] < 0
          || arcs[0] > 2
          || (arcs[0] < 2 && (arcs[1] < 0 || arcs[1] > 39))) {
        throw new IllegalArgumentException("'" + this + "' is no oid that can be asked for");
      }
      byte[] room = new byte[arcs.length * 5];
      int at = Ber.putArc(room, 0, arcs[0] * 40L + Integer.toUnsignedLong(arcs[1]));
      for (int i = 2; i < arcs.length; i++) {
        at = Ber.putArc(room, at, Integer.toUnsignedLong(arcs[i]));
      }
      encoded = Arrays.copyOf(room, at);
      ber = encoded;
    }
    return encoded;
  }

  @Override
  public int compareTo(Oid other) {
    return Arrays.compareUnsigned(arcs, other.arcs);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Oid oid && Arrays.equals(arcs, oid.arcs));
  }

  @Override
  public int hashCode() {
    int cached = hash;
    if (cached == 0) {
      cached = Arrays.hashCode(arcs);
      hash = cached;
    }
    return cached;
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
