package io.argos.manager.stream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes an entry of a store: a byte for the version of its layout, then numbers of seven bits a
 * byte (zigzag where they can be negative), texts and bytes behind their length.
 */
public final class StateWriter {
  private byte[] bytes = new byte[256];
  private int length;

  public StateWriter(int version) {
    octet(version);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  public StateWriter octet(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** A number that is never negative. */
  public StateWriter count(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  public StateWriter number(long value) {
    return count(value << 1 ^ value >> 63);
  }

  /** Eight bytes, for values that use them all. */
  public StateWriter fixed(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  public StateWriter flag(boolean value) {
    return octet(value ? 1 : 0);
  }

  public StateWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  public StateWriter bytes(byte[] value) {
    count(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  /** Milliseconds since the epoch, or nothing. */
  public StateWriter time(@Nullable Instant value) {
    flag(value != null);
    return value == null ? this : number(value.toEpochMilli());
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }
}
