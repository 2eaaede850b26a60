package io.argos.runtime.schedule;

import io.argos.config.KafkaConfig;
import io.argos.config.ScheduleConfig;
import io.argos.config.TlsConfig;
import io.argos.config.ZooKeeperConfig;
import io.argos.runtime.kafka.DeadLetters;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.kafka.NewTopics;
import io.argos.runtime.zookeeper.ZooKeeperClient;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.topic.Topics;
import io.argos.servers.EmbeddedKafka;
import io.argos.servers.EmbeddedZooKeeper;
import io.argos.testing.ChaosProxy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** Real servers with every timer compressed by one factor, and schedulers on them. */
final class SchedulerEstate implements AutoCloseable {

  static final int PARTITIONS = 4;
  static final Duration SESSION = Duration.ofSeconds(2);
  static final ScheduleConfig CONFIG = config(Duration.ofSeconds(6));

  final Topics topics = new Topics("argos");
  final LocalSchemas schemas = new LocalSchemas();
  final EmbeddedKafka kafka;
  EmbeddedZooKeeper zooKeeper;
  final KafkaClients clients;
  private final Duration session;
  private final ScheduleConfig config;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  SchedulerEstate(Path folder) throws Exception {
    this(folder, SESSION, CONFIG);
  }

  /** With sessions of that length in ZooKeeper. */
  SchedulerEstate(Path folder, Duration session, ScheduleConfig config) throws Exception {
    this.session = session;
    this.config = config;
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    zooKeeper = startZooKeeper(folder.resolve("zk"), 0);
    clients =
        new KafkaClients(
            new KafkaConfig(
                List.of(kafka.bootstrap()),
                plain(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(6),
                Duration.ofSeconds(30),
                Map.of()),
            "test");
    try (Admin admin = clients.admin()) {
      List<NewTopic> wanted = new ArrayList<>();
      for (var spec : topics.specs(PARTITIONS, Set.of("main"))) {
        wanted.add(new NewTopic(spec.name(), spec.partitions(), (short) 1));
      }
      NewTopics.create(admin, wanted);
    }
  }

  static ScheduleConfig config(Duration lookahead) {
    return new ScheduleConfig(
        lookahead,
        Duration.ofMillis(100),
        ZoneOffset.UTC,
        Duration.ofMinutes(3),
        Duration.ofSeconds(2),
        // No agent is part of these tests.
        Duration.ofHours(1),
        Duration.ofHours(1));
  }

  static EmbeddedZooKeeper startZooKeeper(Path folder, int port) {
    return EmbeddedZooKeeper.start(folder, port, Duration.ofMillis(500));
  }

  /** One instance: a scheduler with its own way to ZooKeeper, which can be blocked. */
  record Member(
      JobScheduler scheduler,
      ChaosProxy wayToZooKeeper,
      ZooKeeperClient zooKeeper,
      MeterRegistry meters) {}

  Member join(String instance, List<Target> targets) {
    ChaosProxy proxy = keep(ChaosProxy.to(new InetSocketAddress("127.0.0.1", zooKeeper.port())));
    ZooKeeperClient client = keep(client(proxy.address(), session));
    SchedulerLinks links = links(client);
    JobScheduler scheduler =
        keep(new JobScheduler(new SchedulerSpec("polling", instance, config, session), links));
    // As from a table: the targets are known since long ago.
    targets.forEach(target -> scheduler.put(target, Instant.EPOCH));
    scheduler.start();
    return new Member(scheduler, proxy, client, links.meters());
  }

  SchedulerLinks links(ZooKeeperClient client) {
    Producer<byte[], byte[]> letters = keep(clients.producer());
    var meters = new SimpleMeterRegistry();
    return new SchedulerLinks(
        clients,
        topics,
        schemas,
        new DeadLetters(letters, meters, InstantSource.system()),
        client.curator(),
        meters,
        InstantSource.system());
  }

  static ZooKeeperClient client(InetSocketAddress address, Duration session) {
    return ZooKeeperClient.start(
        new ZooKeeperConfig(
            address.getHostString() + ":" + address.getPort(),
            session,
            Duration.ofSeconds(1),
            plain(),
            Optional.empty(),
            Optional.empty()));
  }

  /** All records of a topic, in the order of each partition. */
  <T extends SpecificRecord> List<T> all(String topic, Class<T> type) {
    return stamped(topic, type).stream().map(Stamped::value).toList();
  }

  /** A record with the time of its record in the log. */
  record Stamped<T>(T value, Instant at) {}

  <T extends SpecificRecord> List<Stamped<T>> stamped(String topic, Class<T> type) {
    RecordReader<T> reader = new RecordReader<>(schemas, type);
    List<Stamped<T>> all = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = clients.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (reader.read(record.value()) instanceof Decoded.Value<T>(T value)) {
            all.add(new Stamped<>(value, Instant.ofEpochMilli(record.timestamp())));
          }
        }
      }
    }
    return all;
  }

  <R extends AutoCloseable> R keep(R resource) {
    open.push(resource);
    return resource;
  }

  private static TlsConfig plain() {
    return new TlsConfig(false, Optional.empty(), Optional.empty(), Optional.empty(), true);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable resource : open) {
      resource.close();
    }
    zooKeeper.close();
    kafka.close();
  }
}
