package io.argos.deploy.topic;

import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.SchemaIds;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * A compacted topic as it stands now: the last record of each key, sorted by key.
 *
 * @param records the records
 * @param unreadable keys whose last record cannot be decoded, with the reason
 */
public record Snapshot<T extends SpecificRecord>(
    SequencedMap<String, T> records, SequencedMap<String, String> unreadable) {

  /**
   * Reads a topic to its end.
   *
   * @param key only this key, and composite keys that begin with it
   */
  public static <T extends SpecificRecord> Snapshot<T> read(
      Consumer<byte[], byte[]> consumer,
      SchemaIds schemas,
      String topic,
      Class<T> type,
      Optional<String> key) {
    var reader = new RecordReader<>(schemas, type);
    var records = new TreeMap<String, T>();
    var unreadable = new TreeMap<String, String>();
    TopicTail.read(
        consumer,
        new TopicTail.Request(topic, key, true, true, false, OptionalLong.empty()),
        record -> {
          if (record.key() == null) {
            return true;
          }
          var name = new String(record.key(), StandardCharsets.UTF_8);
          records.remove(name);
          unreadable.remove(name);
          if (record.value() != null) {
            switch (reader.read(record.value())) {
              case Decoded.Value<T>(var value) -> records.put(name, value);
              case Decoded.Poison<T>(var reason) -> unreadable.put(name, reason);
            }
          }
          return true;
        },
        () -> {});
    return new Snapshot<>(records, unreadable);
  }
}
