package io.argos.schemas.columnar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A growing byte array with Avro's binary encoding (Avro 1.12 specification, "Binary Encoding").
 * Arrays and maps are written as one block, as Avro's own encoder does. Not safe for threads.
 */
final class AvroBuffer {
  private static final int LONGEST_VARINT = 10;

  private byte[] bytes;
  private int size;

  AvroBuffer(int capacity) {
    bytes = new byte[Math.max(capacity, 64)];
  }

  int size() {
    return size;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  void writeRaw(byte[] raw) {
    reserve(raw.length);
    System.arraycopy(raw, 0, bytes, size, raw.length);
    size += raw.length;
  }

  void writeRaw(AvroBuffer other) {
    reserve(other.size);
    System.arraycopy(other.bytes, 0, bytes, size, other.size);
    size += other.size;
  }

  void writeBoolean(boolean value) {
    reserve(1);
    bytes[size++] = (byte) (value ? 1 : 0);
  }

  /** An int or long: both are zigzag varints. */
  void writeLong(long value) {
    reserve(LONGEST_VARINT);
    size = putVarint(bytes, size, value);
  }

  private static int putVarint(byte[] into, int at, long value) {
    long rest = (value << 1) ^ (value >> 63);
    int position = at;
    while ((rest & ~0x7FL) != 0) {
      into[position++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    into[position++] = (byte) rest;
    return position;
  }

  void writeDouble(double value) {
    reserve(Long.BYTES);
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      bytes[size++] = (byte) (bits >>> shift);
    }
  }

  void writeString(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    writeLong(utf8.length);
    writeRaw(utf8);
  }

  /** The count before the items of an array or map; nothing when there are none. */
  void writeArrayStart(int count) {
    if (count > 0) {
      writeLong(count);
    }
  }

  /** The end of an array or map. */
  void writeArrayEnd() {
    writeLong(0);
  }

  void writeLongs(long[] values) {
    writeArrayStart(values.length);
    reserve(values.length * LONGEST_VARINT);
    int at = size;
    for (long value : values) {
      at = putVarint(bytes, at, value);
    }
    size = at;
    writeArrayEnd();
  }

  void writeInts(int[] values) {
    writeArrayStart(values.length);
    for (int value : values) {
      writeLong(value);
    }
    writeArrayEnd();
  }

  void writeDoubles(double[] values) {
    writeArrayStart(values.length);
    for (double value : values) {
      writeDouble(value);
    }
    writeArrayEnd();
  }

  void writeStrings(String[] values) {
    writeArrayStart(values.length);
    for (String value : values) {
      writeString(value);
    }
    writeArrayEnd();
  }

  void writeMap(Map<String, String> values) {
    writeArrayStart(values.size());
    values.forEach((key, value) -> {
      writeString(key);
      writeString(value);
    });
    writeArrayEnd();
  }
}
