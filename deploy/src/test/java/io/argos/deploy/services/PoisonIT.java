package io.argos.deploy.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.config.ConfigSources;
import io.argos.deploy.process.Settings;
import io.argos.deploy.process.Simulation;
import io.argos.deploy.standalone.Standalone;
import io.argos.runtime.health.Health;
import io.argos.runtime.kafka.DeadLetters;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.schemas.topic.Topics;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.GeneratedDevice;
import io.argos.testing.simulator.Vendor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that are no records, on every topic that a running Argos reads. */
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoisonIT {
  private static final Duration ROUND = Duration.ofSeconds(90);
  private static final int TRUNCATED = 40;

  /** The device that is discovered only after the poison. */
  private static final String LATE = "host-1";

  @TempDir Path folder;

  /** Where a poisonous record went, and what is wrong with it. */
  private record Poison(String topic, int partition, long offset, String what) {
    String place() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  @Test
  void putsEachIntoItsDeadLettersAndGoesOn() throws Exception {
    long seed = Long.getLong("argos.seed", System.nanoTime());
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    List<DeviceSpec> devices =
        List.of(
            DeviceSpec.of(GeneratedDevice.of(Vendor.CISCO, "core-1", 4)),
            DeviceSpec.of(GeneratedDevice.of(Vendor.ARISTA, "edge-1", 4)),
            DeviceSpec.of(GeneratedDevice.of(Vendor.NET_SNMP, "host-1", 2)));
    try (Simulation simulation = Simulation.start(folder, devices).listAllBut(LATE);
        Standalone standalone = start(simulation);
        SeriesReader reader = new SeriesReader(standalone.config())) {
      Set<String> before = simulation.living();
      before.remove(Simulation.id(LATE));
      awaitPolls(reader, before, Instant.EPOCH, 2);
      KafkaClients kafka = new KafkaClients(standalone.config().kafka(), "poisoner");

      List<Poison> poisons = poison(kafka, new Topics(standalone.config().prefix()), random);

      Map<String, List<String>> letters = new HashMap<>();
      await()
          .atMost(ROUND)
          .untilAsserted(() -> {
            letters.clear();
            letters.putAll(deadLetters(kafka, poisons));
            assertThat(letters.keySet()).containsAll(poisons.stream().map(Poison::place).toList());
          });
      assertThat(letters.keySet())
          .as("only poison is there")
          .isSubsetOf(poisons.stream().map(Poison::place).toList());
      assertThat(letters.values())
          .allSatisfy(reasons ->
              assertThat(reasons)
                  .allSatisfy(
                      reason -> assertThat(reason).isNotBlank().doesNotContain("\n", "\tat ")));
      Instant after = Instant.now();
      // To find it and to poll it takes every service.
      simulation.listAll();
      awaitPolls(reader, simulation.living(), after, 2);
      await()
          .atMost(ROUND)
          .until(() -> standalone.shell().health().status(Health.Aspect.READY).ok());
      assertThat(standalone.shell().health().status(Health.Aspect.LIVE).reasons()).isEmpty();
    }
  }

  private Standalone start(Simulation simulation) throws Exception {
    Path file =
        Settings.write(
            folder.resolve("argos.yaml"),
            Settings.common(simulation.resources())
                .replace("interval: 10s", "interval: 5s")
                .replace("timeout: 8s", "timeout: 4s"),
            "redis: {key-file: secrets.key}",
            Settings.SHORT_SESSIONS,
            """
            servers:
              kafka-port: 0
              zookeeper-port: 0
              redis-port: 0
              registry-port: 0
            """);
    Standalone standalone = Standalone.open(ConfigSources.of(file));
    standalone.ensureTopics();
    Settings.putCredential(standalone.config());
    standalone.startServices();
    return standalone;
  }

  private static void awaitPolls(
      SeriesReader reader, Set<String> devices, Instant since, int count) {
    await()
        .atMost(ROUND)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(() -> {
          Map<String, Long> polls = reader.polls(since);
          assertThat(devices)
              .allSatisfy(device ->
                  assertThat(polls.getOrDefault(device, 0L))
                      .as(device)
                      .isGreaterThanOrEqualTo(count));
        });
  }

  private static List<Poison> poison(KafkaClients kafka, Topics topics, Random random)
      throws Exception {
    // What removes a row of a table is poison where there are none.
    Map<String, Boolean> tables = new java.util.LinkedHashMap<>();
    for (String topic :
        List.of(
            topics.discoveries(),
            topics.jobs("discovery", "main"),
            topics.jobs("enrichment", "main"),
            topics.jobs("polling", "main"),
            topics.requests(),
            topics.outcomes(),
            topics.polls(),
            topics.ticks())) {
      tables.put(topic, false);
    }
    for (String topic :
        List.of(
            topics.resources(),
            topics.enrichments(),
            topics.epochs(),
            topics.checkpoints(),
            topics.heartbeats())) {
      tables.put(topic, true);
    }
    List<Poison> poisons = new ArrayList<>();
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      for (Map.Entry<String, Boolean> topic : tables.entrySet()) {
        for (Map.Entry<String, byte @Nullable []> kind :
            kinds(kafka, topic.getKey(), random).entrySet()) {
          if (kind.getValue() == null && topic.getValue()) {
            continue;
          }
          poisons.add(send(producer, topic.getKey(), kind.getKey(), kind.getValue()));
        }
      }
    }
    return poisons;
  }

  private static Map<String, byte @Nullable []> kinds(
      KafkaClients kafka, String topic, Random random) {
    byte[] noise = new byte[200];
    random.nextBytes(noise);
    byte[] noSchema = new byte[60];
    random.nextBytes(noSchema);
    ByteBuffer.wrap(noSchema).put((byte) 0).putInt(999_999);
    Map<String, byte @Nullable []> kinds = new java.util.LinkedHashMap<>();
    kinds.put("noise", noise);
    kinds.put("unknown schema", noSchema);
    kinds.put("empty", new byte[0]);
    kinds.put("null", null);
    // Of a record that is there, the first half.
    sample(kafka, topic)
        .ifPresent(whole ->
            kinds.put(
                "truncated",
                java.util.Arrays.copyOf(whole, Math.min(TRUNCATED, whole.length - 2))));
    return kinds;
  }

  private static java.util.Optional<byte[]> sample(KafkaClients kafka, String topic) {
    return read(kafka, topic).stream()
        .map(ConsumerRecord::value)
        .filter(value -> value != null && value.length > 10)
        .findFirst();
  }

  private static Poison send(
      Producer<byte[], byte[]> producer, String topic, String what, byte @Nullable [] value)
      throws Exception {
    // The key of a device that exists: what is known of it must survive.
    String key =
        topic.contains(".jobs.discovery") || topic.contains(".discoveries")
            ? "lab-files"
            : Simulation.id("core-1");
    if (topic.contains(".enrichments")) {
      key += "|device";
    }
    RecordMetadata at =
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value)).get();
    return new Poison(topic, at.partition(), at.offset(), what);
  }

  /** The reasons of all dead letters, by the place from which they came. */
  private static Map<String, List<String>> deadLetters(KafkaClients kafka, List<Poison> poisons) {
    Set<String> topics = new TreeSet<>();
    poisons.forEach(poison -> topics.add(poison.topic()));
    Map<String, List<String>> letters = new HashMap<>();
    for (String topic : topics) {
      for (ConsumerRecord<byte[], byte[]> letter : read(kafka, Topics.deadLetters(topic))) {
        String place =
            header(letter, "topic")
                + "-"
                + header(letter, "partition")
                + "@"
                + header(letter, "offset");
        letters.computeIfAbsent(place, _ -> new ArrayList<>()).add(header(letter, "reason"));
      }
    }
    return letters;
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    var header = letter.headers().lastHeader(DeadLetters.HEADER_PREFIX + name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(KafkaClients kafka, String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
