package io.argos.schemas.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Kafka's serde for records of one type. A null stays a null, as tombstones are; bytes that are no
 * such record throw {@link SerializationException} with the reason.
 *
 * <p>The subject follows the topic to which a record is written.
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
  private final SchemaIds ids;
  private final Class<T> type;

  public AvroSerde(SchemaIds ids, Class<T> type) {
    this.ids = ids;
    this.type = type;
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka's serializers are not annotated, and null is a tombstone
  public Serializer<T> serializer() {
    java.util.concurrent.ConcurrentMap<String, RecordWriter<T>> writers =
        new java.util.concurrent.ConcurrentHashMap<>();
    return (topic, record) ->
        record == null
            ? null
            : writers.computeIfAbsent(topic, t -> new RecordWriter<>(ids, t, type)).write(record);
  }

  @Override
  @SuppressWarnings("NullAway") // as above
  public Deserializer<T> deserializer() {
    RecordReader<T> reader = new RecordReader<>(ids, type);
    return (topic, bytes) -> {
      if (bytes == null) {
        return null;
      }
      return switch (reader.read(bytes)) {
        case Decoded.Value<T>(var record) -> record;
        case Decoded.Poison<T>(var reason) ->
            throw new SerializationException(topic + ": " + reason);
      };
    };
  }
}
