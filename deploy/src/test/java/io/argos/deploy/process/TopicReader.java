package io.argos.deploy.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.argos.runtime.kafka.KafkaClients;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.SchemaIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic from its beginning, again and again to its end. For one thread. */
public final class TopicReader<T extends SpecificRecord> implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  /**
   * A record.
   *
   * @param value nothing for a tombstone
   * @param at its time
   */
  public record Entry<T>(String key, Optional<T> value, Instant at, int partition, long offset) {}

  private final Consumer<byte[], byte[]> consumer;
  private final RecordReader<T> decoder;
  private final List<Entry<T>> entries = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> unreadable = new ArrayList<>();

  public TopicReader(KafkaClients kafka, SchemaIds schemas, String topic, Class<T> type) {
    this.consumer = kafka.consumer();
    this.decoder = new RecordReader<>(schemas, type);
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads on to the end; everything from the beginning, in the order of each partition. */
  public List<Entry<T>> all() {
    entries.addAll(further());
    return List.copyOf(entries);
  }

  /** Reads on to the end; what has come since the last time, which is not kept. */
  public List<Entry<T>> further() {
    List<Entry<T>> further = new ArrayList<>();
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(record -> take(record, further));
    }
    return further;
  }

  /** The values that {@link #all} has, without the tombstones. */
  public List<T> values() {
    return all().stream().map(Entry::value).flatMap(Optional::stream).toList();
  }

  private void take(ConsumerRecord<byte[], byte[]> record, List<Entry<T>> into) {
    String key = record.key() == null ? "" : new String(record.key(), UTF_8);
    if (record.value() == null) {
      into.add(entry(key, Optional.empty(), record));
      return;
    }
    switch (decoder.read(record.value())) {
      case Decoded.Value<T>(T value) -> into.add(entry(key, Optional.of(value), record));
      case Decoded.Poison<T> _ -> unreadable.add(record);
    }
  }

  private static <T> Entry<T> entry(
      String key, Optional<T> value, ConsumerRecord<byte[], byte[]> record) {
    return new Entry<>(
        key, value, Instant.ofEpochMilli(record.timestamp()), record.partition(), record.offset());
  }

  /** The records that cannot be read, of those that {@link #all} has passed. */
  public List<ConsumerRecord<byte[], byte[]>> unreadable() {
    return List.copyOf(unreadable);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
