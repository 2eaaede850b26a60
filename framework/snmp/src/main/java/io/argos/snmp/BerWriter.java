package io.argos.snmp;

/**
 * Writes BER from the end of its buffer towards the front, so that each length is known when it is
 * due and takes its shortest form. What is written first comes last.
 */
final class BerWriter {
  /** Largest payload of a UDP datagram over IPv4. */
  static final int CAPACITY = 65_507;

  private final byte[] buffer = new byte[CAPACITY];
  private int at = CAPACITY;

  /** Forgets what was written. */
  void reset() {
    at = CAPACITY;
  }

  byte[] buffer() {
    return buffer;
  }

  /** Position of the first octet written. */
  int start() {
    return at;
  }

  /** Count of octets written. */
  int length() {
    return CAPACITY - at;
  }

  /** Puts tag and length before all octets written since the mark, a former {@link #start}. */
  void wrap(int tag, int mark) {
    int length = mark - at;
    if (length < 0x80) {
      buffer[--at] = (byte) length;
    } else {
      int octets = 0;
      for (int rest = length; rest != 0; rest >>>= 8) {
        buffer[--at] = (byte) rest;
        octets++;
      }
      buffer[--at] = (byte) (0x80 | octets);
    }
    buffer[--at] = (byte) tag;
  }

  /** An INTEGER in its shortest form. */
  void integer(long value) {
    int mark = at;
    long rest = value;
    do {
      buffer[--at] = (byte) rest;
      rest >>= 8;
    } while (rest != (buffer[at] >> 7));
    wrap(Ber.INTEGER, mark);
  }

  void octets(int tag, byte[] octets) {
    int mark = at;
    raw(octets, 0, octets.length);
    wrap(tag, mark);
  }

  /** Octets as they are. */
  void raw(byte[] octets, int from, int count) {
    at -= count;
    System.arraycopy(octets, from, buffer, at, count);
  }

  /** A variable binding of an encoded oid and NULL. */
  void question(byte[] oid, int length) {
    int mark = at;
    at -= 2;
    buffer[at] = Ber.NULL;
    buffer[at + 1] = 0;
    int name = at;
    raw(oid, 0, length);
    wrap(Ber.OID, name);
    wrap(Ber.SEQUENCE, mark);
  }

  /** A variable binding of a column at an index and NULL. */
  void question(byte[] column, int[] index) {
    int mark = at;
    at -= 2;
    buffer[at] = Ber.NULL;
    buffer[at + 1] = 0;
    int name = at;
    int length = Ber.indexLength(index);
    at -= length;
    int position = at;
    for (int arc : index) {
      position = Ber.putArc(buffer, position, Integer.toUnsignedLong(arc));
    }
    raw(column, 0, column.length);
    wrap(Ber.OID, name);
    wrap(Ber.SEQUENCE, mark);
  }
}
