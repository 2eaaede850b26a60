package io.argos.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.config.KafkaConfig;
import io.argos.config.RedisConfig;
import io.argos.config.RegistryConfig;
import io.argos.config.ServersConfig;
import io.argos.config.TlsConfig;
import io.argos.config.ZooKeeperConfig;
import io.argos.runtime.health.Health;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.secret.KeyFile;
import io.argos.runtime.secret.RedisSecrets;
import io.argos.runtime.zookeeper.ZooKeeperClient;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.TopicSpec;
import io.argos.schemas.topic.Topics;
import io.argos.servers.EmbeddedZooKeeper;
import io.argos.servers.Servers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsIT {
  private static final TlsConfig PLAIN =
      new TlsConfig(false, Optional.empty(), Optional.empty(), Optional.empty(), true);

  @TempDir Path folder;

  @Test
  void areMetByServersThatHaveTheTopicsAndSchemas() throws Exception {
    Path key = folder.resolve("secrets.key");
    KeyFile.create(key);
    List<TopicSpec> topics = new Topics("argos").specs(2, Set.of("main"));
    TopicSpec polls =
        topics.stream().filter(t -> t.name().contains("polls")).findFirst().orElseThrow();
    try (var servers = Servers.start(new ServersConfig(0, 0, 0, 0), folder.resolve("data"));
        var secrets = new RedisSecrets(redis(servers.redis().port(), key), "argos", clock());
        var registry = Requirements.registryClient(registry(servers.registryUrl()))) {
      KafkaClients kafka = kafka(servers.bootstrap());
      Requirement present = Requirements.topics(kafka, topics);
      Requirement registered = Requirements.schemas(registry, topics);

      new StartupGate(new Health())
          .await(
              List.of(
                  Requirements.kafka(kafka),
                  Requirements.zookeeper(zookeeper(servers.connect())),
                  Requirements.redis(secrets),
                  Requirements.registry(registry(servers.registryUrl()), registry)));

      assertThat(present.missing().orElse(""))
          .contains("topic " + topics.getFirst().name() + " is not there")
          .contains("more: run argos topics ensure");
      assertThat(registered.missing().orElse("")).contains("is not registered");

      try (var admin = kafka.admin()) {
        admin
            .createTopics(
                topics.stream()
                    .map(t -> new NewTopic(t.name(), t.partitions(), (short) -1))
                    .toList())
            .all()
            .get();
        for (TopicSpec topic : topics) {
          topic
              .record()
              .ifPresent(type ->
                  registry.register(
                      SchemaIds.subjectOf(topic.name()), SpecificData.get().getSchema(type)));
        }
        assertThat(registered.missing()).isEmpty();
        await().untilAsserted(() -> assertThat(present.missing()).isEmpty());

        admin.createPartitions(Map.of(polls.name(), NewPartitions.increaseTo(3))).all().get();
        String reason =
            "topic %s has 3 partitions instead of 2: run argos topics ensure"
                .formatted(polls.name());
        await().untilAsserted(() -> assertThat(present.missing()).contains(reason));
      }
    }
  }

  @Test
  void makeThePathOfTheConnectString() throws Exception {
    try (var server = EmbeddedZooKeeper.start(folder)) {
      ZooKeeperConfig config = zookeeper(server.connect() + "/shared/argos");

      assertThat(Requirements.zookeeper(config).missing()).isEmpty();

      try (var client = ZooKeeperClient.start(config)) {
        client.curator().create().forPath("/epoch");
        assertThat(client.curator().getChildren().forPath("/")).containsExactly("epoch");
        Requirement present = Requirements.zookeeper(client, config.connect());
        assertThat(present.missing()).isEmpty();
        server.close();
        await()
            .untilAsserted(() ->
                assertThat(present.missing().orElse("")).startsWith("unreachable: nobody can"));
      }
    }
  }

  @Test
  void sayWhatIsOutOfReach() throws Exception {
    Path key = folder.resolve("secrets.key");
    KeyFile.create(key);
    // Nothing listens on port 1 of loopback.
    URI nowhere = URI.create("http://127.0.0.1:1");
    try (var secrets = new RedisSecrets(redis(1, key), "argos", clock());
        var client = Requirements.registryClient(registry(nowhere))) {
      for (Requirement requirement :
          List.of(
              Requirements.kafka(kafka("127.0.0.1:1")),
              Requirements.zookeeper(zookeeper("127.0.0.1:1/argos")),
              Requirements.redis(secrets),
              Requirements.registry(registry(nowhere), client))) {
        assertThat(requirement.missing().orElse(""))
            .as(requirement.name())
            .startsWith("unreachable: ");
        assertThat(requirement.place()).contains("127.0.0.1:1");
      }
    }
  }

  private static InstantSource clock() {
    return InstantSource.system();
  }

  private static KafkaClients kafka(String bootstrap) {
    return new KafkaClients(
        new KafkaConfig(
            List.of(bootstrap),
            PLAIN,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(6),
            Duration.ofMinutes(2),
            Map.of()),
        "test");
  }

  private static ZooKeeperConfig zookeeper(String connect) {
    return new ZooKeeperConfig(
        connect,
        Duration.ofSeconds(6),
        Duration.ofSeconds(3),
        PLAIN,
        Optional.empty(),
        Optional.empty());
  }

  private static RegistryConfig registry(URI url) {
    return new RegistryConfig(
        url, PLAIN, Optional.empty(), Optional.empty(), Duration.ofSeconds(5));
  }

  private static RedisConfig redis(int port, Path key) {
    return new RedisConfig(
        "127.0.0.1",
        port,
        PLAIN,
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(2),
        key,
        Duration.ofMinutes(5),
        Duration.ofHours(24));
  }
}
