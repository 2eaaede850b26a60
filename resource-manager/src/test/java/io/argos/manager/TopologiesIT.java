package io.argos.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.config.ArgosConfig;
import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.manager.stream.RunningTopology;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.kafka.NewTopics;
import io.argos.schemas.Column;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.Derived;
import io.argos.schemas.Discovery;
import io.argos.schemas.DiscoveryKind;
import io.argos.schemas.Group;
import io.argos.schemas.JobReason;
import io.argos.schemas.Metrics;
import io.argos.schemas.NodeState;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.PollResult;
import io.argos.schemas.Reachability;
import io.argos.schemas.Resource;
import io.argos.schemas.ResourceClaim;
import io.argos.schemas.Tick;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.topic.ResourcePartitioner;
import io.argos.schemas.topic.TopicSpec;
import io.argos.schemas.topic.Topics;
import io.argos.servers.EmbeddedKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each topology on a real broker: exactly once, on the right partitions, and over a restart. */
class TopologiesIT {
  private static final int PARTITIONS = 4;
  private static final Duration WAIT = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static EmbeddedKafka broker;
  private static KafkaClients kafka;
  private static ArgosConfig config;
  private static final LocalSchemas SCHEMAS = new LocalSchemas();
  private static final Topics TOPICS = new Topics("it");

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedKafka.start(folder.resolve("kafka"));
    config = configuration();
    kafka = new KafkaClients(config.kafka(), "it");
    try (Admin admin = kafka.admin()) {
      List<NewTopic> topics = new ArrayList<>();
      for (TopicSpec spec : TOPICS.specs(PARTITIONS, Set.of("main"))) {
        topics.add(
            new NewTopic(spec.name(), spec.partitions(), (short) 1)
                .configs(Map.of("message.timestamp.type", "LogAppendTime")));
      }
      NewTopics.create(admin, topics);
    }
  }

  private static ArgosConfig configuration() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("argos.yaml"),
            """
            prefix: it
            instance: {data: "%s"}
            kafka: {bootstrap-servers: ["%s"]}
            topics: {partitions: %d, replication: 1}
            streams: {standbys: 0}
            """
                .formatted(folder.resolve("state"), broker.bootstrap(), PARTITIONS));
    return ConfigLoader.load(ConfigSources.of(file)).config();
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  private static Topologies topologies() {
    return new Topologies(
        config, "it-1", kafka, SCHEMAS, new SimpleMeterRegistry(), InstantSource.system());
  }

  private static void awaitRunning(RunningTopology topology) {
    await().atMost(WAIT).untilAsserted(() -> assertThat(topology.notRunning()).isEmpty());
  }

  @SuppressWarnings("unchecked")
  private static <T extends SpecificRecord> void write(
      Producer<byte[], byte[]> producer, String topic, String key, T record) {
    Class<T> type = (Class<T>) record.getClass();
    byte[] value = new RecordWriter<>(SCHEMAS, topic, type).write(record);
    producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
  }

  /** Reads a topic from its beginning until it holds at least so many records. */
  private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int atLeast) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      await()
          .atMost(WAIT)
          .until(() -> {
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            return records.size() >= atLeast;
          });
    }
    return records;
  }

  private static <T extends SpecificRecord> Map<String, T> table(
      List<ConsumerRecord<byte[], byte[]>> records, Class<T> type) {
    RecordReader<T> reader = new RecordReader<>(SCHEMAS, type);
    Map<String, T> table = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      if (reader.read(record.value()) instanceof Decoded.Value<T>(var value)) {
        table.put(key, value);
      } else {
        table.remove(key);
      }
    }
    return table;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Test
  void turnsRunsIntoResourcesAndGoesOnAfterARestart() {
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      try (RunningTopology topology = topologies().startResources()) {
        run(producer, "r1", 12);
        producer.send(
            new ProducerRecord<>(
                TOPICS.discoveries(), "files".getBytes(StandardCharsets.UTF_8), new byte[] {7}));
        awaitRunning(topology);
        assertThat(table(read(TOPICS.resources(), 12), Resource.class)).hasSize(12);
        assertThat(read(Topics.deadLetters(TOPICS.discoveries()), 1)).hasSize(1);
      }
      try (RunningTopology topology = topologies().startResources()) {
        run(producer, "r2", 10);
        awaitRunning(topology);

        List<ConsumerRecord<byte[], byte[]>> records = read(TOPICS.resources(), 14);

        assertThat(table(records, Resource.class)).hasSize(10);
        assertThat(records).as("nothing was written twice").hasSize(14);
      }
    }
  }

  private static void run(Producer<byte[], byte[]> producer, String id, int claims) {
    List<Discovery> records = new ArrayList<>();
    records.add(said(id, DiscoveryKind.BEGIN));
    for (int i = 0; i < claims; i++) {
      Discovery found = said(id, DiscoveryKind.RESOURCE);
      found.setResource(
          ResourceClaim.newBuilder()
              .setSite("lab")
              .setName("sw" + i)
              .setEndpoint("192.0.2." + i)
              .build());
      records.add(found);
    }
    Discovery end = said(id, DiscoveryKind.END);
    end.setCount(claims);
    end.setComplete(true);
    records.add(end);
    records.forEach(record -> write(producer, TOPICS.discoveries(), "files", record));
    producer.flush();
  }

  private static Discovery said(String run, DiscoveryKind kind) {
    return Discovery.newBuilder()
        .setSource("files")
        .setRunId(run)
        .setKind(kind)
        .setAt(now())
        .build();
  }

  @Test
  void turnsCountersIntoRatesAndGoesOnAfterARestart() {
    Instant first = now().minusSeconds(60);
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      try (RunningTopology topology = topologies().startMetrics()) {
        for (int i = 0; i < 20; i++) {
          write(producer, TOPICS.polls(), "lab/sw" + i, poll("a" + i, "lab/sw" + i, first, 0));
        }
        awaitRunning(topology);
        assertThat(read(TOPICS.metrics(), 20)).hasSize(20);
      }
      try (RunningTopology topology = topologies().startMetrics()) {
        for (int i = 0; i < 20; i++) {
          write(
              producer,
              TOPICS.polls(),
              "lab/sw" + i,
              poll("b" + i, "lab/sw" + i, first.plusSeconds(60), 600));
        }
        awaitRunning(topology);

        List<ConsumerRecord<byte[], byte[]>> records = read(TOPICS.metrics(), 40);

        assertThat(records).hasSize(40);
        assertThat(table(records, Metrics.class).values())
            .hasSize(20)
            .allSatisfy(metrics ->
                assertThat(metrics.getGroups().getFirst().getColumns().getLast().getDoubles())
                    .containsExactly(10.0));
        assertThat(records)
            .allSatisfy(record ->
                assertThat(record.partition())
                    .isEqualTo(ResourcePartitioner.partitionOf(record.key(), PARTITIONS)));
      }
    }
  }

  private static PollResult poll(String id, String resource, Instant at, long octets) {
    Column column =
        new Column(
            "in",
            "By",
            ColumnKind.COUNTER,
            List.of(octets),
            List.of(),
            List.of(),
            List.of(),
            64,
            1L,
            Derived.NONE,
            List.of());
    Group group =
        new Group("interface", "ifs", at, List.of("eth0"), List.of(), List.of(column), null);
    return PollResult.newBuilder()
        .setPollId(id)
        .setResourceId(resource)
        .setSite("lab")
        .setResourceClass("network")
        .setSubclass("switch")
        .setType("acme")
        .setEndpoint("192.0.2.1")
        .setPlugin("interfaces")
        .setDueAt(at)
        .setStartedAt(at)
        .setCompletedAt(at)
        .setIntervalMillis(60_000)
        .setAgent("agent-1")
        .setGroups(List.of(group))
        .build();
  }

  @Test
  void tellsNodesStaleWhenOnlyTicksComeAfterARestart() {
    Instant polled = now();
    try (Producer<byte[], byte[]> producer = kafka.producer()) {
      try (RunningTopology topology = topologies().startNodes()) {
        write(producer, TOPICS.resources(), "lab/node", resource("lab/node"));
        write(producer, TOPICS.outcomes(), "lab/node", outcome("lab/node", polled));
        awaitRunning(topology);
        await()
            .atMost(WAIT)
            .untilAsserted(() ->
                assertThat(reachability(read(TOPICS.nodes(), 1)))
                    .isEqualTo(Reachability.REACHABLE));
      }
      try (RunningTopology topology = topologies().startNodes()) {
        awaitRunning(topology);
        for (int partition = 0; partition < PARTITIONS; partition++) {
          byte[] tick =
              new RecordWriter<>(SCHEMAS, TOPICS.ticks(), Tick.class)
                  .write(new Tick(polled.plusSeconds(125), 1L));
          producer.send(
              new ProducerRecord<>(
                  TOPICS.ticks(),
                  partition,
                  Integer.toString(partition).getBytes(StandardCharsets.UTF_8),
                  tick));
        }
        producer.flush();
        await()
            .atMost(WAIT)
            .untilAsserted(() ->
                assertThat(reachability(read(TOPICS.nodes(), 2))).isEqualTo(Reachability.STALE));
      }
    }
  }

  private static Reachability reachability(List<ConsumerRecord<byte[], byte[]>> records) {
    NodeState node = table(records, NodeState.class).get("lab/node");
    return node == null ? Reachability.UNKNOWN : node.getReachability();
  }

  private static Resource resource(String id) {
    return Resource.newBuilder()
        .setId(id)
        .setSite("lab")
        .setName("node")
        .setEndpoint("192.0.2.1")
        .setTtlSeconds(3600)
        .setFirstSeenAt(now())
        .setRevision(1)
        .build();
  }

  private static Outcome outcome(String resource, Instant at) {
    return Outcome.newBuilder()
        .setJobId("j1")
        .setStage("polling")
        .setPlugin("interfaces")
        .setResourceId(resource)
        .setReason(JobReason.SCHEDULED)
        .setStatus(OutcomeStatus.OK)
        .setDeviceStatus(0)
        .setCause("")
        .setDetail("")
        .setDueAt(at)
        .setStartedAt(at)
        .setDurationMillis(10)
        .setIntervalMillis(60_000)
        .setEpoch(1)
        .setAgent("agent-1")
        .build();
  }
}
