package io.argos.testing.ber;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads within bounds that it checks; whatever does not fit is a {@link BerException}. */
final class BerReader {
  private final byte[] octets;
  private final int end;
  private int position;

  BerReader(byte[] octets, int position, int end) {
    this.octets = octets;
    this.position = position;
    this.end = end;
  }

  boolean atEnd() {
    return position == end;
  }

  void expectEnd() throws BerException {
    if (!atEnd()) {
      throw new BerException((end - position) + " octets too many at octet " + position);
    }
  }

  int peekTag() throws BerException {
    if (atEnd()) {
      throw new BerException("the data ends at octet " + position + " where a tag should stand");
    }
    return octets[position] & 0xff;
  }

  /** Steps over a header and returns a reader of its content, behind which this one goes on. */
  BerReader enter(int tag) throws BerException {
    int found = peekTag();
    if (found != tag) {
      throw new BerException(
          "tag 0x%02x at octet %d where 0x%02x should stand".formatted(found, position, tag));
    }
    position++;
    int length = length();
    BerReader content = new BerReader(octets, position, position + length);
    position += length;
    return content;
  }

  int integer() throws BerException {
    BerReader content = enter(Value.TAG_INTEGER);
    return (int) content.signed(4);
  }

  String text() throws BerException {
    BerReader content = enter(Value.TAG_OCTETS);
    return new String(content.rest(), StandardCharsets.ISO_8859_1);
  }

  ObjectId objectId() throws BerException {
    return enter(Value.TAG_OBJECT_ID).arcs();
  }

  Value value() throws BerException {
    int tag = peekTag();
    BerReader content = enter(tag);
    return switch (tag) {
      case Value.TAG_INTEGER -> new Value.Numeric(tag, content.signed(4));
      case Value.TAG_COUNTER32, Value.TAG_GAUGE32, Value.TAG_TIME_TICKS ->
          new Value.Numeric(tag, content.unsigned(4));
      case Value.TAG_COUNTER64 -> new Value.Numeric(tag, content.unsigned(8));
      case Value.TAG_OCTETS, Value.TAG_IP_ADDRESS, Value.TAG_OPAQUE ->
          new Value.Octets(tag, content.rest());
      case Value.TAG_OBJECT_ID -> new Value.Name(content.arcs());
      default -> absent(tag, content);
    };
  }

  private static Value absent(int tag, BerReader content) throws BerException {
    for (Value.Absent absent : Value.Absent.values()) {
      if (absent.tag() == tag) {
        content.expectEnd();
        return absent;
      }
    }
    throw new BerException("no value has the tag 0x%02x".formatted(tag));
  }

  private byte[] rest() {
    return Arrays.copyOfRange(octets, position, end);
  }

  private long signed(int mostOctets) throws BerException {
    int length = end - position;
    if (length < 1 || length > mostOctets) {
      throw new BerException("a number of " + length + " octets at octet " + position);
    }
    long value = octets[position];
    for (int i = position + 1; i < end; i++) {
      value = value << 8 | octets[i] & 0xff;
    }
    return value;
  }

  /** An unsigned number; a leading zero octet keeps its sign bit clear (X.690, 8.3). */
  private long unsigned(int mostOctets) throws BerException {
    int length = end - position;
    boolean padded = length == mostOctets + 1 && octets[position] == 0;
    if (length < 1 || length > mostOctets && !padded) {
      throw new BerException("a number of " + length + " octets at octet " + position);
    }
    long value = 0;
    for (int i = position; i < end; i++) {
      value = value << 8 | octets[i] & 0xff;
    }
    return value;
  }

  private ObjectId arcs() throws BerException {
    int[] arcs = new int[Math.min(ObjectId.MAX_ARCS, end - position + 1)];
    int count = 0;
    if (atEnd()) {
      throw new BerException("an empty object identifier at octet " + position);
    }
    while (!atEnd()) {
      long arc = arc();
      if (count == 0) {
        int first = (int) Math.min(2, arc / 40);
        arcs[count++] = first;
        arc -= 40L * first;
      }
      if (count == arcs.length || arc > 0xffff_ffffL) {
        throw new BerException("an object identifier out of bounds before octet " + position);
      }
      arcs[count++] = (int) arc;
    }
    return ObjectId.of(Arrays.copyOf(arcs, count));
  }

  private long arc() throws BerException {
    long arc = 0;
    for (int i = 0; i < 5; i++) {
      if (atEnd()) {
        throw new BerException("an object identifier ends inside an arc at octet " + position);
      }
      byte octet = octets[position++];
      arc = arc << 7 | octet & 0x7f;
      if (octet >= 0) {
        return arc;
      }
    }
    throw new BerException("an arc of more than 32 bits before octet " + position);
  }

  private int length() throws BerException {
    int first = oneOctet();
    if (first < 0x80) {
      return bounded(first);
    }
    int count = first & 0x7f;
    if (count == 0 || count > 4) {
      throw new BerException("a length of " + count + " octets at octet " + position);
    }
    long length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | oneOctet();
    }
    return bounded(length);
  }

  private int bounded(long length) throws BerException {
    if (length > end - position) {
      throw new BerException(
          "%d octets announced and %d left at octet %d"
              .formatted(length, end - position, position));
    }
    return (int) length;
  }

  private int oneOctet() throws BerException {
    if (atEnd()) {
      throw new BerException("the data ends at octet " + position + " inside a length");
    }
    return octets[position++] & 0xff;
  }
}
