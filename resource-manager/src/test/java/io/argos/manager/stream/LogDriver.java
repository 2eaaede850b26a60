package io.argos.manager.stream;

import io.argos.config.StreamsConfig;
import io.argos.schemas.Tick;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** One topology under Kafka's test driver, with schemas of its own and one partition. */
public final class LogDriver implements AutoCloseable {
  /** A record that the topology wrote. */
  public record Written<T>(String key, @Nullable T record, Map<String, String> headers) {}

  private final LocalSchemas schemas = new LocalSchemas();
  private final Topics topics = new Topics("t");
  private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
  private final LogAccess log =
      new LogAccess(topics, 1, schemas, Duration.ofSeconds(2), new LongAdder());
  private final Topology topology;
  private final TopologyTestDriver driver;

  public LogDriver(String name, Path data, BiConsumer<StreamsBuilder, LogAccess> wiring) {
    Map<String, Object> properties = properties(name, data);
    topology = TopologySettings.build(properties, builder -> wiring.accept(builder, log));
    Properties copied = new Properties();
    copied.putAll(properties);
    driver = new TopologyTestDriver(topology, copied, Instant.EPOCH);
  }

  private static Map<String, Object> properties(String name, Path data) {
    return TopologySettings.properties(
        TopologySettings.applicationId("t", name),
        Map.of("bootstrap.servers", "127.0.0.1:1"),
        new StreamsConfig(
            1, 0, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(2), 0.2, 5),
        6000,
        (short) 1,
        data);
  }

  public Topics topics() {
    return topics;
  }

  public Topology topology() {
    return topology;
  }

  public long refusals() {
    return log.refusals().sum();
  }

  /** Writes a record to a source at a time of the log. */
  @SuppressWarnings("unchecked")
  public <T extends SpecificRecord> void write(String topic, String key, T record, Instant time) {
    Class<T> type = (Class<T>) record.getClass();
    writeBytes(topic, key, new RecordWriter<>(schemas, topic, type).write(record), time);
  }

  public void writeBytes(String topic, String key, byte @Nullable [] value, Instant time) {
    inputs
        .computeIfAbsent(
            topic,
            t -> driver.createInputTopic(t, new ByteArraySerializer(), new ByteArraySerializer()))
        .pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, time));
  }

  /** Writes a tick. */
  public void tick(Instant at) {
    write(topics.ticks(), "0", new Tick(at, 1L), at);
  }

  /** Takes what has been written to a topic since the last call. */
  public <T extends SpecificRecord> List<Written<T>> read(String topic, Class<T> type) {
    RecordReader<T> reader = new RecordReader<>(schemas, type);
    List<Written<T>> written = new ArrayList<>();
    for (Written<byte[]> raw : readBytes(topic)) {
      T record = null;
      if (raw.record() != null) {
        record =
            switch (reader.read(raw.record())) {
              case Decoded.Value<T>(var value) -> value;
              case Decoded.Poison<T>(var reason) -> throw new AssertionError(reason);
            };
      }
      written.add(new Written<>(raw.key(), record, raw.headers()));
    }
    return written;
  }

  public List<Written<byte[]>> readBytes(String topic) {
    List<Written<byte[]>> written = new ArrayList<>();
    for (TestRecord<byte[], byte[]> raw :
        driver
            .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .readRecordsToList()) {
      Map<String, String> headers = new LinkedHashMap<>();
      raw.headers()
          .forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
      written.add(
          new Written<>(new String(raw.key(), StandardCharsets.UTF_8), raw.value(), headers));
    }
    return written;
  }

  /** Every entry of a store, as text that tells equal ones from others. */
  public Map<String, List<Byte>> store(String name) {
    Map<String, List<Byte>> entries = new LinkedHashMap<>();
    try (KeyValueIterator<String, byte[]> all =
        driver.<String, byte[]>getKeyValueStore(name).all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        List<Byte> bytes = new ArrayList<>();
        for (byte b : entry.value) {
          bytes.add(b);
        }
        entries.put(entry.key, bytes);
      }
    }
    return entries;
  }

  @Override
  public void close() {
    driver.close();
  }
}
