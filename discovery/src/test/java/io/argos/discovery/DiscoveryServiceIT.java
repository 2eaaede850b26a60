package io.argos.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.ArgosConfig;
import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.runtime.health.Health;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.kafka.NewTopics;
import io.argos.runtime.secret.KeyFile;
import io.argos.runtime.stage.ServiceShell;
import io.argos.runtime.startup.Requirements;
import io.argos.schemas.Discovery;
import io.argos.schemas.DiscoveryKind;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.TopicSpec;
import io.argos.schemas.topic.Topics;
import io.argos.servers.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole discovery service against real servers. */
class DiscoveryServiceIT {
  private static final Topics TOPICS = new Topics("argos");

  @TempDir private Path folder;

  @Test
  void runsASourceSoonAfterItsStartAndEndsInAnOutcome() throws Exception {
    Files.writeString(
        folder.resolve("devices.json"),
        """
        [{"site": "lab", "name": "a", "class": "network", "endpoint": "127.0.0.1"},
         {"site": "lab", "class": "network"},
         {"site": "lab", "name": "c", "class": "network", "endpoint": "127.0.0.3"}]
        """);
    try (Servers servers =
        Servers.start(new io.argos.config.ServersConfig(0, 0, 0, 0), folder.resolve("servers"))) {
      ArgosConfig config = config(servers);
      KafkaClients kafka = new KafkaClients(config.kafka(), "test");
      try (RegistryClient registry = Requirements.registryClient(config.registry());
          Admin admin = kafka.admin()) {
        ensure(config, admin, registry);
        ServiceShell shell = ServiceShell.open(config, "discovery");
        try {
          DiscoveryWiring.start(config, shell);
          shell.started();

          List<Outcome> outcomes = new ArrayList<>();
          try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            consumer.assign(partitions(consumer, TOPICS.outcomes()));
            Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                  outcomes.addAll(read(consumer, registry, Outcome.class));
                  return !outcomes.isEmpty();
                });
          }
          List<Discovery> run = new ArrayList<>();
          try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            consumer.assign(partitions(consumer, TOPICS.discoveries()));
            Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                  run.addAll(read(consumer, registry, Discovery.class));
                  return run.size() >= 5;
                });
          }
          assertThat(run.subList(0, 5))
              .extracting(Discovery::getKind)
              .containsExactly(
                  DiscoveryKind.BEGIN,
                  DiscoveryKind.RESOURCE,
                  DiscoveryKind.REJECTED,
                  DiscoveryKind.RESOURCE,
                  DiscoveryKind.END);
          assertThat(outcomes.getFirst().getStatus()).isEqualTo(OutcomeStatus.FAILED);
          assertThat(outcomes.getFirst().getCause()).isEqualTo("rejected");
          assertThat(outcomes.getFirst().getDetail())
              .startsWith("1 entries are no valid resources: ")
              .contains("devices.json, entry 2, line");
          Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> shell.health().status(Health.Aspect.READY).ok());
        } finally {
          shell.lifecycle().close();
        }
      }
    }
  }

  private ArgosConfig config(Servers servers) throws java.io.IOException {
    Path file = folder.resolve("argos.yaml");
    Files.writeString(
        file,
        """
        instance: {data: .}
        http: {port: 0}
        topics: {partitions: 4}
        kafka: {bootstrap-servers: [%s]}
        zookeeper: {connect: "%s"}
        redis: {port: %d, key-file: secrets.key}
        registry: {url: "%s"}
        schedule: {first-spread: 1s}
        discovery:
          - name: files
            kind: json-file
            interval: 1h
            settings: {file: "${config:folder}/devices.json"}
        """
            .formatted(
                servers.bootstrap(),
                servers.connect(),
                servers.redis().port(),
                servers.registryUrl()));
    ArgosConfig config = ConfigLoader.load(ConfigSources.of(file)).config();
    KeyFile.create(config.redis().keyFile());
    return config;
  }

  private static void ensure(ArgosConfig config, Admin admin, RegistryClient registry)
      throws Exception {
    List<TopicSpec> specs = TOPICS.specs(config.topics().partitions(), Set.of("main"));
    NewTopics.create(
        admin,
        specs.stream()
            .map(
                spec -> new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty()))
            .toList());
    for (TopicSpec spec : specs) {
      spec.record()
          .ifPresent(type ->
              registry.register(
                  SchemaIds.subjectOf(spec.name()), SpecificData.get().getSchema(type)));
    }
  }

  private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private static <T extends SpecificRecord> List<T> read(
      Consumer<byte[], byte[]> consumer, RegistryClient registry, Class<T> type) {
    RecordReader<T> reader = new RecordReader<>(registry, type);
    List<T> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
      if (reader.read(record.value()) instanceof Decoded.Value<T>(var value)) {
        records.add(value);
      }
    }
    return records;
  }
}
