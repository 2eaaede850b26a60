package io.argos.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.config.ArgosConfig;
import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.config.ServersConfig;
import io.argos.runtime.health.Health;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.kafka.NewTopics;
import io.argos.runtime.stage.ServiceShell;
import io.argos.runtime.startup.Requirements;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.TopicSpec;
import io.argos.schemas.topic.Topics;
import io.argos.servers.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service against real servers: ready when its topologies run, and ticks flow. */
class ManagerWiringIT {
  private static final int PARTITIONS = 4;
  private static final Duration WAIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void isReadyWhenItsTopologiesRunAndWritesTicks() throws Exception {
    try (Servers servers =
        Servers.start(new ServersConfig(0, 0, 0, 0), folder.resolve("servers"))) {
      ArgosConfig config = configuration(servers);
      KafkaClients kafka = new KafkaClients(config.kafka(), "it");
      ensureTopics(config, kafka);
      ServiceShell shell = ServiceShell.open(config, "it");
      try {
        ManagerWiring.start(config, shell);
        shell.started();

        await()
            .atMost(WAIT)
            .untilAsserted(
                () -> assertThat(shell.health().status(Health.Aspect.READY).reasons()).isEmpty());
        await()
            .atMost(WAIT)
            .untilAsserted(() -> assertThat(ticks(kafka)).isGreaterThan(2L * PARTITIONS));
        assertThat(shell.health().status(Health.Aspect.LIVE).ok()).isTrue();
        assertThat(shell.meters().scrape())
            .contains("argos_topology_running")
            .contains("topology=\"resources\"")
            .contains("topology=\"metrics\"")
            .contains("topology=\"nodes\"");
      } finally {
        shell.lifecycle().close();
      }
      assertThat(shell.health().status(Health.Aspect.LIVE).ok()).as("closed").isFalse();
    }
  }

  private ArgosConfig configuration(Servers servers) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("argos.yaml"),
            """
            prefix: it
            instance: {data: "%s"}
            kafka: {bootstrap-servers: ["%s"]}
            zookeeper: {connect: "%s"}
            registry: {url: "%s"}
            http: {port: 0}
            topics: {partitions: %d, replication: 1}
            streams: {standbys: 0, tick: 0.2s}
            """
                .formatted(
                    folder.resolve("state"),
                    servers.bootstrap(),
                    servers.connect(),
                    servers.registryUrl(),
                    PARTITIONS));
    return ConfigLoader.load(ConfigSources.of(file)).config();
  }

  private static void ensureTopics(ArgosConfig config, KafkaClients kafka)
      throws ExecutionException, InterruptedException {
    List<TopicSpec> specs = new Topics("it").specs(PARTITIONS, Set.of("main"));
    try (Admin admin = kafka.admin();
        RegistryClient registry = Requirements.registryClient(config.registry())) {
      NewTopics.create(
          admin,
          specs.stream()
              .map(spec -> new NewTopic(spec.name(), spec.partitions(), (short) 1))
              .toList());
      for (TopicSpec spec : specs) {
        spec.record()
            .ifPresent(type ->
                registry.register(
                    SchemaIds.subjectOf(spec.name()), SpecificData.get().getSchema(type)));
      }
    }
  }

  private static long ticks(KafkaClients kafka) {
    String topic = new Topics("it").ticks();
    try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
