package io.argos.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Writes records of one type for one topic. Safe for use by any thread. */
public final class RecordWriter<T extends SpecificRecord> {
  private static final int TYPICAL_SIZE = 512;

  private final SchemaIds ids;
  private final String subject;
  private final Schema schema;
  private final SpecificDatumWriter<T> writer;

  public RecordWriter(SchemaIds ids, String topic, Class<T> type) {
    this.ids = ids;
    this.subject = SchemaIds.subjectOf(topic);
    SpecificData data = SpecificData.getForClass(type);
    this.schema = data.getSchema(type);
    this.writer = new SpecificDatumWriter<>(schema, data);
  }

  /**
   * The bytes of a record.
   *
   * @throws SchemaException when the type is not registered for the topic
   */
  public byte[] write(T record) {
    int id = ids.idOf(subject, schema);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_SIZE);
    bytes.writeBytes(new byte[WireFormat.HEADER]);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      writer.write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a " + schema.getName() + " for " + subject, e);
    }
    byte[] framed = bytes.toByteArray();
    WireFormat.writeHeader(framed, id);
    return framed;
  }
}
