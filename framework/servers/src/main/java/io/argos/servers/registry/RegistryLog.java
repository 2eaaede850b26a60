package io.argos.servers.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic of schemas, which is the registry's only store. One thread uses it at a time.
 */
final class RegistryLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RegistryLog.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE_BOUND = Duration.ofSeconds(2);

  private final Map<String, Object> kafka;
  private final TopicPartition partition;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * @param kafka how Kafka is reached
   */
  RegistryLog(Map<String, Object> kafka, String topic) {
    this.kafka = Map.copyOf(kafka);
    this.partition = new TopicPartition(topic, 0);
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("client.id", "schema-registry-producer");
    properties.put("acks", "all");
    properties.put("enable.idempotence", true);
    properties.put("delivery.timeout.ms", 10_000);
    properties.put("request.timeout.ms", 5_000);
    properties.put("max.block.ms", 10_000);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Makes the topic where it is not there. */
  void ensureTopic() throws InterruptedException {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("client.id", "schema-registry-admin");
    properties.put("default.api.timeout.ms", 10_000);
    properties.put("request.timeout.ms", 5_000);
    Admin admin = Admin.create(properties);
    try {
      var topic =
          new NewTopic(partition.topic(), 1, (short) -1)
              .configs(Map.of("cleanup.policy", "compact"));
      admin.createTopics(List.of(topic)).all().get();
      log.info("registry topic made topic={}", partition.topic());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (!(cause instanceof TopicExistsException)) {
        throw new KafkaException("cannot make topic %s: %s".formatted(partition.topic(), cause), e);
      }
    } finally {
      // Without a bound, close waits for calls that cannot succeed.
      admin.close(Duration.ZERO);
    }
  }

  /** Reads all there is, from the beginning to the end as it is now. */
  long readAll(Consumer<RegistryRecord> reader) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("client.id", "schema-registry-consumer");
    properties.put("enable.auto.commit", false);
    properties.put("auto.offset.reset", "earliest");
    properties.put("default.api.timeout.ms", 10_000);
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(POLL)) {
          read(entry, reader);
        }
      }
      return end;
    }
  }

  /** Writes a record and waits until Kafka has it. */
  void append(RegistryRecord record) throws ExecutionException, InterruptedException {
    producer.send(new ProducerRecord<>(partition.topic(), 0, record.key(), record.value())).get();
  }

  @Override
  public void close() {
    producer.close(CLOSE_BOUND);
  }

  private static void read(ConsumerRecord<byte[], byte[]> entry, Consumer<RegistryRecord> reader) {
    try {
      RegistryRecord.read(entry.key(), entry.value()).ifPresent(reader);
    } catch (IOException e) {
      // Passing over it could give its id away again; the topic is ours alone, so this is grave.
      throw new IllegalStateException(
          "record at offset %d of %s is not one of a schema registry"
              .formatted(entry.offset(), entry.topic()),
          e);
    }
  }
}
