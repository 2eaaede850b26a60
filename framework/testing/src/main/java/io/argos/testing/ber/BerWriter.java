package io.argos.testing.ber;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes from the end to the front, so that each length is known when it is written. */
final class BerWriter {
  private byte[] buffer;
  private int start;

  BerWriter(int capacity) {
    this.buffer = new byte[capacity];
    this.start = capacity;
  }

  /** Octets written so far. */
  int size() {
    return buffer.length - start;
  }

  byte[] toArray() {
    return Arrays.copyOfRange(buffer, start, buffer.length);
  }

  /** Puts a header before all that was written since the size was {@code before}. */
  void wrap(int tag, int before) {
    length(size() - before);
    octet(tag);
  }

  void integer(int tag, long value) {
    int before = size();
    long rest = value;
    int last;
    do {
      last = (int) rest & 0xff;
      octet(last);
      rest >>= 8;
    } while (!(rest == 0 && last < 0x80) && !(rest == -1 && last >= 0x80));
    wrap(tag, before);
  }

  private void unsigned64(int tag, long bits) {
    if (bits >= 0) {
      integer(tag, bits);
      return;
    }
    int before = size();
    for (int shift = 0; shift < 64; shift += 8) {
      octet((int) (bits >>> shift) & 0xff);
    }
    octet(0);
    wrap(tag, before);
  }

  void octets(int tag, byte[] octets) {
    reserve(octets.length);
    start -= octets.length;
    System.arraycopy(octets, 0, buffer, start, octets.length);
    length(octets.length);
    octet(tag);
  }

  void objectId(ObjectId id) {
    int before = size();
    for (int i = id.length() - 1; i >= 2; i--) {
      arc(Integer.toUnsignedLong(id.arc(i)));
    }
    arc(head(id));
    wrap(Value.TAG_OBJECT_ID, before);
  }

  void value(Value value) {
    switch (value) {
      case Value.Numeric(int tag, long bits) -> unsigned64OrInteger(tag, bits);
      case Value.Octets octets -> octets(octets.tag(), octets.raw());
      case Value.Name(ObjectId id) -> objectId(id);
      case Value.Absent absent -> {
        length(0);
        octet(absent.tag());
      }
    }
  }

  private void unsigned64OrInteger(int tag, long bits) {
    if (tag == Value.TAG_COUNTER64) {
      unsigned64(tag, bits);
    } else {
      integer(tag, bits);
    }
  }

  private void arc(long arc) {
    octet((int) arc & 0x7f);
    for (long rest = arc >>> 7; rest != 0; rest >>>= 7) {
      octet((int) (rest & 0x7f) | 0x80);
    }
  }

  private void length(int length) {
    if (length < 0x80) {
      octet(length);
      return;
    }
    int octets = 0;
    for (int rest = length; rest != 0; rest >>>= 8) {
      octet(rest & 0xff);
      octets++;
    }
    octet(0x80 | octets);
  }

  private void octet(int octet) {
    reserve(1);
    buffer[--start] = (byte) octet;
  }

  private void reserve(int octets) {
    if (start >= octets) {
      return;
    }
    byte[] larger = new byte[Math.max(buffer.length * 2, size() + octets)];
    int used = size();
    System.arraycopy(buffer, start, larger, larger.length - used, used);
    buffer = larger;
    start = larger.length - used;
  }

  /** X.690, 8.19.4: the first two arcs share a sub-identifier. */
  private static long head(ObjectId id) {
    long first = id.length() > 0 ? Integer.toUnsignedLong(id.arc(0)) : 0;
    long second = id.length() > 1 ? Integer.toUnsignedLong(id.arc(1)) : 0;
    return first * 40 + second;
  }

  static byte[] octetsOf(String community) {
    return community.getBytes(StandardCharsets.ISO_8859_1);
  }

  static int sizeOf(Value value) {
    return switch (value) {
      case Value.Numeric(int tag, long bits) ->
          tag == Value.TAG_COUNTER64 && bits < 0 ? 11 : sizeOfInteger(bits);
      case Value.Octets octets -> sizeWithHeader(octets.size());
      case Value.Name(ObjectId id) -> sizeWithHeader(contentSize(id));
      case Value.Absent _ -> 2;
    };
  }

  static int sizeOfInteger(long value) {
    long magnitude = value < 0 ? ~value : value;
    return 3 + (64 - Long.numberOfLeadingZeros(magnitude)) / 8;
  }

  static int contentSize(ObjectId id) {
    int size = sizeOfArc(head(id));
    for (int i = 2; i < id.length(); i++) {
      size += sizeOfArc(Integer.toUnsignedLong(id.arc(i)));
    }
    return size;
  }

  private static int sizeOfArc(long arc) {
    return Math.max(1, (70 - Long.numberOfLeadingZeros(arc)) / 7);
  }

  static int sizeWithHeader(int content) {
    if (content < 0x80) {
      return 2 + content;
    }
    return 2 + (39 - Integer.numberOfLeadingZeros(content)) / 8 + content;
  }
}
