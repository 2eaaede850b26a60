package io.argos.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics of the servers under measurement, and nothing while the clock runs. */
final class TopicReader {
  private static final Duration WAIT = Duration.ofMillis(200);
  private final String bootstrap;

  TopicReader(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  private Consumer<byte[], byte[]> open(String topic) {
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "fetch.max.bytes", 4 << 20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  /** Waits until so many keys with an ending are there; false when they are not in time. */
  boolean awaitKeys(String topic, String ending, int count, int seconds) {
    Set<String> seen = new HashSet<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try (Consumer<byte[], byte[]> consumer = open(topic)) {
      while (seen.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
          String key = new String(record.key(), StandardCharsets.UTF_8);
          if (key.endsWith(ending)) {
            seen.add(key);
          }
        }
      }
    }
    return seen.size() >= count;
  }

  /** Reads what a topic holds from a moment on until its present end. */
  void read(String topic, Instant from, BiConsumer<String, byte[]> reader) {
    readRecords(
        topic,
        from,
        record -> reader.accept(new String(record.key(), StandardCharsets.UTF_8), record.value()));
  }

  /** The same, with all that a record has. */
  void readRecords(
      String topic,
      Instant from,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try (Consumer<byte[], byte[]> consumer = open(topic)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      consumer
          .offsetsForTimes(
              consumer.assignment().stream()
                  .collect(Collectors.toMap(p -> p, _ -> from.toEpochMilli())))
          .forEach((partition, at) ->
              consumer.seek(
                  partition, at == null ? ends.getOrDefault(partition, 0L) : at.offset()));
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
          reader.accept(record);
        }
      }
    }
  }
}
