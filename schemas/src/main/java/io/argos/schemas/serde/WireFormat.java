package io.argos.schemas.serde;

import java.nio.ByteBuffer;

/** Confluent's wire format: a zero byte, the schema's id in four bytes, the Avro body. */
public final class WireFormat {
  /** Bytes before the body. */
  public static final int HEADER = 5;

  private static final byte MAGIC = 0;

  private WireFormat() {}

  /** Writes the header at the start of a record's bytes. */
  public static void writeHeader(byte[] record, int schemaId) {
    ByteBuffer.wrap(record).put(MAGIC).putInt(schemaId);
  }

  /** Id of the schema of a record. Only for bytes that {@link #isFramed}. */
  public static int schemaId(byte[] record) {
    return ByteBuffer.wrap(record).getInt(1);
  }

  /** True for bytes that begin like a record. */
  public static boolean isFramed(byte[] record) {
    return record.length >= HEADER && record[0] == MAGIC;
  }
}
