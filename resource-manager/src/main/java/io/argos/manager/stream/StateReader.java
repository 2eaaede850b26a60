package io.argos.manager.stream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote. */
public final class StateReader {
  private final byte[] bytes;
  private int at;

  /**
   * @throws IllegalStateException when the entry has another version: a layout that is not
   *     understood calls for a new application id, not for a guess
   */
  public StateReader(byte[] bytes, int version) {
    this.bytes = bytes;
    int found = octet();
    if (found != version) {
      throw new IllegalStateException(
          "a store holds an entry of layout %d where %d was expected".formatted(found, version));
    }
  }

  public int octet() {
    return bytes[at++] & 0xFF;
  }

  public long count() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  /** A count that is small enough for an index. */
  public int size() {
    return Math.toIntExact(count());
  }

  public long number() {
    long value = count();
    return value >>> 1 ^ -(value & 1);
  }

  public long fixed() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | bytes[at++] & 0xFF;
    }
    return value;
  }

  public boolean flag() {
    return octet() != 0;
  }

  public String text() {
    int length = size();
    String value = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return value;
  }

  public byte[] bytes() {
    int length = size();
    byte[] value = java.util.Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  public @Nullable Instant time() {
    return flag() ? Instant.ofEpochMilli(number()) : null;
  }
}
