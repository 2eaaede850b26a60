package io.argos.snmp;

/** Tags and sub-identifiers of the basic encoding rules as SNMP uses them (RFC 3417 section 8). */
final class Ber {
  static final int INTEGER = 0x02;
  static final int OCTETS = 0x04;
  static final int NULL = 0x05;
  static final int OID = 0x06;
  static final int SEQUENCE = 0x30;
  static final int IP_ADDRESS = 0x40;
  static final int COUNTER32 = 0x41;
  static final int GAUGE32 = 0x42;
  static final int TIME_TICKS = 0x43;
  static final int OPAQUE = 0x44;
  static final int NSAP = 0x45;
  static final int COUNTER64 = 0x46;
  static final int UNSIGNED32 = 0x47;
  static final int NO_SUCH_OBJECT = 0x80;
  static final int NO_SUCH_INSTANCE = 0x81;
  static final int END_OF_MIB_VIEW = 0x82;
  static final int GET = 0xA0;
  static final int GET_NEXT = 0xA1;
  static final int RESPONSE = 0xA2;
  static final int GET_BULK = 0xA5;
  static final int REPORT = 0xA8;

  private static final int[] NO_ARCS = new int[0];

  private Ber() {}

  /** Octets that a sub-identifier takes. */
  static int arcLength(long arc) {
    int length = 1;
    for (long rest = arc >>> 7; rest != 0; rest >>>= 7) {
      length++;
    }
    return length;
  }

  /** Writes a sub-identifier and gives the position behind it. */
  static int putArc(byte[] into, int at, long arc) {
    int position = at;
    for (int shift = 7 * (arcLength(arc) - 1); shift > 0; shift -= 7) {
      into[position++] = (byte) (0x80 | (arc >>> shift));
    }
    into[position++] = (byte) (arc & 0x7F);
    return position;
  }

  /** Octets that the sub-identifiers of an index take. */
  static int indexLength(int[] index) {
    int length = 0;
    for (int arc : index) {
      length += arcLength(Integer.toUnsignedLong(arc));
    }
    return length;
  }

  /**
   * Reads the sub-identifiers between two positions.
   *
   * @return their count
   */
  static int arcs(byte[] octets, int from, int to, int[] into) throws MalformedReplyException {
    int count = 0;
    int at = from;
    while (at < to) {
      if (count == into.length) {
        throw MalformedReplyException.LONG_OID;
      }
      long arc = octets[at] & 0x7F;
      if (octets[at] == (byte) 0x80) {
        throw MalformedReplyException.PADDED_ARC;
      }
      while (octets[at++] < 0) {
        if (at == to) {
          throw MalformedReplyException.OPEN_ARC;
        }
        arc = arc << 7 | (octets[at] & 0x7F);
        if (arc > 0xFFFF_FFFFL) {
          throw MalformedReplyException.WIDE_ARC;
        }
      }
      into[count++] = (int) arc;
    }
    return count;
  }

  /** The content of an INTEGER: two's complement, of at most eight octets. */
  static long signed(byte[] octets, int from, int to) throws MalformedReplyException {
    if (to == from || to - from > 8) {
      throw MalformedReplyException.NUMBER;
    }
    long value = octets[from];
    for (int i = from + 1; i < to; i++) {
      value = value << 8 | (octets[i] & 0xFF);
    }
    return value;
  }

  /** The content of a number that is never negative, of at most 64 bits. */
  static long unsigned(byte[] octets, int from, int to) throws MalformedReplyException {
    // Nine octets only where the first is the zero that keeps a Counter64 from looking negative.
    if (to == from || to - from > 9 || (to - from == 9 && octets[from] != 0)) {
      throw MalformedReplyException.NUMBER;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      value = value << 8 | (octets[i] & 0xFF);
    }
    return value;
  }

  /** The content of an OBJECT IDENTIFIER, dotted. */
  static String oidText(byte[] octets, int from, int to) throws MalformedReplyException {
    int[] arcs = from == to ? NO_ARCS : new int[Oid.MAX_ARCS];
    int size = arcs(octets, from, to, arcs);
    StringBuilder text = new StringBuilder(size * 4);
    for (int i = 0; i < size; i++) {
      long arc = Integer.toUnsignedLong(arcs[i]);
      if (i == 0) {
        long first = Math.min(arc / 40, 2);
        text.append(first).append('.').append(arc - first * 40);
      } else {
        text.append('.').append(arc);
      }
    }
    return text.toString();
  }
}
