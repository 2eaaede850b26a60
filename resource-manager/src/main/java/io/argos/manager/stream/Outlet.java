package io.argos.manager.stream;

import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.serde.SchemaIds;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic to which a topology writes.
 *
 * @param sink name of the sink in the topology
 * @param topic name of the topic
 * @param type type of its records
 * @param writer how they are written
 */
public record Outlet<T extends SpecificRecord>(
    String sink, String topic, Class<T> type, RecordWriter<T> writer) {

  /** An outlet whose schema is known under the topic's subject. */
  public static <T extends SpecificRecord> Outlet<T> to(
      String sink, String topic, Class<T> type, SchemaIds ids) {
    return new Outlet<>(sink, topic, type, new RecordWriter<>(ids, topic, type));
  }

  byte[] write(SpecificRecord record) {
    return writer.write(type.cast(record));
  }
}
