package io.argos.testing.ber;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A value in a variable binding. */
public sealed interface Value {
  int TAG_INTEGER = 0x02;
  int TAG_OCTETS = 0x04;
  int TAG_NULL = 0x05;
  int TAG_OBJECT_ID = 0x06;
  int TAG_IP_ADDRESS = 0x40;
  int TAG_COUNTER32 = 0x41;
  int TAG_GAUGE32 = 0x42;
  int TAG_TIME_TICKS = 0x43;
  int TAG_OPAQUE = 0x44;
  int TAG_COUNTER64 = 0x46;

  /** Tag of the value on the wire. */
  int tag();

  /** True where there is an object and an instance, so that a v1 manager could be answered. */
  default boolean isPresent() {
    return !(this instanceof Absent);
  }

  static Value integer(int value) {
    return new Numeric(TAG_INTEGER, value);
  }

  /** The count modulo 2^32. */
  static Value counter32(long count) {
    return new Numeric(TAG_COUNTER32, count & 0xffff_ffffL);
  }

  /** The value, or the largest that a Gauge32 can say. */
  static Value gauge32(long value) {
    return new Numeric(TAG_GAUGE32, Math.clamp(value, 0, 0xffff_ffffL));
  }

  /** Hundredths of a second modulo 2^32. */
  static Value timeTicks(long centis) {
    return new Numeric(TAG_TIME_TICKS, centis & 0xffff_ffffL);
  }

  /** An unsigned 64-bit pattern. */
  static Value counter64(long bits) {
    return new Numeric(TAG_COUNTER64, bits);
  }

  static Value octets(byte[] octets) {
    return new Octets(TAG_OCTETS, octets);
  }

  static Value text(String text) {
    return octets(text.getBytes(StandardCharsets.UTF_8));
  }

  static Value objectId(ObjectId id) {
    return new Name(id);
  }

  /**
   * A number. Unsigned types are unsigned patterns; a Counter64 may therefore be negative here.
   *
   * @param tag which type of number
   */
  record Numeric(int tag, long bits) implements Value {
    @Override
    public String toString() {
      return tag == TAG_COUNTER64 ? Long.toUnsignedString(bits) : Long.toString(bits);
    }
  }

  /** An object identifier. */
  record Name(ObjectId id) implements Value {
    @Override
    public int tag() {
      return TAG_OBJECT_ID;
    }

    @Override
    public String toString() {
      return id.toString();
    }
  }

  /** An octet string, address or opaque. Immutable. */
  final class Octets implements Value {
    private final int tag;
    private final byte[] octets;

    public Octets(int tag, byte[] octets) {
      this.tag = tag;
      this.octets = octets.clone();
    }

    @Override
    public int tag() {
      return tag;
    }

    public int size() {
      return octets.length;
    }

    byte[] raw() {
      return octets;
    }

    /** A copy of the octets. */
    public byte[] toArray() {
      return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Octets o && tag == o.tag && Arrays.equals(octets, o.octets);
    }

    @Override
    public int hashCode() {
      return 31 * tag + Arrays.hashCode(octets);
    }

    /** The text where all octets are printable ASCII, hexadecimal otherwise. */
    @Override
    public String toString() {
      for (byte octet : octets) {
        if (octet < 0x20 || octet > 0x7e) {
          return HexFormat.of().formatHex(octets);
        }
      }
      return new String(octets, StandardCharsets.US_ASCII);
    }
  }

  /** What stands where there is no value (RFC 3416, 3). */
  enum Absent implements Value {
    NULL(TAG_NULL),
    NO_SUCH_OBJECT(0x80),
    NO_SUCH_INSTANCE(0x81),
    END_OF_MIB_VIEW(0x82);

    private final int tag;

    Absent(int tag) {
      this.tag = tag;
    }

    @Override
    public int tag() {
      return tag;
    }
  }
}
