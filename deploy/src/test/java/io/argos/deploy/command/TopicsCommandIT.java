package io.argos.deploy.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.config.KafkaConfig;
import io.argos.runtime.kafka.DeadLetters;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.schemas.Claim;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Group;
import io.argos.schemas.Health;
import io.argos.schemas.NodeState;
import io.argos.schemas.Reachability;
import io.argos.schemas.Resource;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.topic.Topics;
import io.argos.servers.EmbeddedKafka;
import io.argos.servers.registry.SchemaRegistryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read and make topics, on a real broker and registry; one story in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TopicsCommandIT {
  private static final Topics TOPICS = new Topics("argos");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static SchemaRegistryServer registry;
  private static KafkaClients clients;

  @BeforeAll
  static void start() throws InterruptedException {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    registry = SchemaRegistryServer.start(0, kafka.bootstrap());
    assertThat(registry.awaitReady(SOON)).isTrue();
    KafkaConfig config =
        ConfigLoader.load(
                ConfigSources.defaults().set("kafka.bootstrap-servers=" + kafka.bootstrap()))
            .config()
            .kafka();
    clients = new KafkaClients(config, "test");
  }

  @AfterAll
  static void stop() {
    registry.close();
    kafka.close();
  }

  @Test
  @Order(1)
  void listsWhatIsMissing() throws IOException {
    var rows = json(argos("topics", "list", "-o", "json"));

    assertThat(rows).hasSizeGreaterThan(40);
    assertThat(rows).allSatisfy(row -> assertThat(row.path("state").asText()).isEqualTo("missing"));
    assertThat(rows)
        .extracting(row -> row.path("topic").asText())
        .contains("argos.jobs.polling.main.v1", "argos.nodes.v1.dlq")
        .doesNotContain("argos.points.v1");
    var early = argos("nodes", "list");
    assertThat(early.exitCode()).isEqualTo(3);
    assertThat(early.err())
        .isEqualTo("there is no topic argos.nodes.v1; run argos topics ensure\n");
  }

  @Test
  @Order(2)
  void saysInADryRunWhatItWouldDo() throws IOException {
    var session = argos("topics", "ensure", "--dry-run", "-o", "json");

    assertThat(session.exitCode()).isZero();
    assertThat(session.err()).startsWith("dry run: ");
    assertThat(json(session))
        .anySatisfy(step -> {
          assertThat(step.path("name").asText()).isEqualTo("argos.resources.v1");
          assertThat(step.path("action").asText()).isEqualTo("created");
          assertThat(step.path("detail").asText())
              .isEqualTo("4 partitions, cleanup.policy=compact");
        });
    assertThat(json(argos("topics", "list", "-o", "json")))
        .allSatisfy(row -> assertThat(row.path("state").asText()).isEqualTo("missing"));
  }

  @Test
  @Order(3)
  void makesTopicsAndSchemasOnce() throws IOException {
    var first = argos("topics", "ensure");
    var second = argos("topics", "ensure");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("argos.metrics.v1-value", "registered", "io.argos.schemas.Metrics has id");
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).isEmpty();
    assertThat(second.err()).contains("0 changed, ", " as they should be, 0 refused\n");
    assertThat(json(argos("topics", "list", "-o", "json")))
        .allSatisfy(row -> assertThat(row.path("state").asText()).isEqualTo("ok"));
  }

  @Test
  @Order(4)
  void mendsSettingsAndRefusesOtherPartitions() throws Exception {
    try (var admin = clients.admin()) {
      var topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPICS.metrics());
      var change =
          new AlterConfigOp(new ConfigEntry("retention.ms", "5"), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
    }

    // A broker shows a moment later what the controller has agreed to.
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(argos("topics", "list").out()).contains("retention.ms is 5"));
    var mended = argos("topics", "ensure");
    var refused = argos("topics", "ensure", "--set", "topics.partitions=8");

    assertThat(mended.out()).contains("argos.metrics.v1  changed  retention.ms=604800000");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(argos("topics", "list").out()).doesNotContain("retention.ms is 5"));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).contains("it has 4 partitions, not 8");
  }

  @Test
  @Order(5)
  void tailsDecodedRecords() throws Exception {
    write();

    var all = argos("topics", "tail", "resources", "--from-beginning", "--no-follow");
    var one = argos("topics", "tail", TOPICS.resources(), "--from-beginning", "-n", "1");
    var byKey =
        argos(
            "topics",
            "tail",
            "enrichments",
            "--from-beginning",
            "--no-follow",
            "--key",
            "oslo/edge1");
    var dead = argos("topics", "tail", "resources.dlq", "--from-beginning", "-n", "1");

    assertThat(lines(all)).hasSize(3);
    assertThat(lines(one)).hasSize(1);
    assertThat(lines(byKey))
        .extracting(line -> line.path("key").asText())
        .containsExactly("oslo/edge1|device", "oslo/edge1|interfaces");
    assertThat(lines(byKey).getFirst().path("value").path("collectedAt").asText())
        .isEqualTo("2026-01-02T03:04:05Z");
    var letter = lines(dead).getFirst();
    assertThat(letter.path("headers").path("argos-dlq-reason").asText()).isEqualTo("no record");
    assertThat(letter.path("headers").path("argos-dlq-offset").asText()).isEqualTo("17");
    assertThat(letter.path("text").asText()).isEqualTo("rubbish");
  }

  @Test
  @Order(6)
  void namesTheTopicThatWasMeant() {
    var session = argos("topics", "tail", "resuorces");

    assertThat(session.exitCode()).isEqualTo(3);
    assertThat(session.out()).isEmpty();
    assertThat(session.err())
        .isEqualTo("there is no topic 'resuorces'; did you mean argos.resources.v1?\n");
  }

  @Test
  @Order(7)
  void listsResourcesAndNodes() {
    var resources = argos("resources", "list", "--site", "oslo");
    var nodes = argos("nodes", "list", "--state", "unreachable");

    assertThat(resources.out())
        .startsWith("ID ")
        .contains("oslo/edge1", "127.0.0.1:161", "subnet")
        .doesNotContain("rome/gone", "rome/core");
    assertThat(nodes.out()).contains("rome/core  CRITICAL  UNREACHABLE").doesNotContain("edge1");
    assertThat(nodes.out().lines()).hasSize(2);
  }

  @Test
  @Order(8)
  void joinsAllThatIsKnownOfOneResource() throws IOException {
    var table = argos("nodes", "show", "edge1");
    var document = json(argos("resources", "show", "oslo/edge1", "-o", "json"));
    var absent = argos("resources", "show", "oslo/edge9");

    assertThat(table.out())
        .contains(
            "node.reachability", "REACHABLE", "enrichments.interfaces.group interface  1 rows");
    assertThat(document.path("resource").path("endpoint").asText()).isEqualTo("127.0.0.1:161");
    assertThat(document.path("node").path("since").asText()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(document.path("enrichments").path("interfaces").path("groups")).hasSize(1);
    assertThat(absent.exitCode()).isEqualTo(3);
    assertThat(absent.err())
        .isEqualTo("there is no resource 'oslo/edge9'; did you mean oslo/edge1?\n");
  }

  @Test
  @Order(9)
  void saysThatTheRegistryIsOutOfReachBeforeItMakesATopic() {
    var session =
        argos(
            "topics",
            "ensure",
            "--set",
            "registry.url=http://127.0.0.1:1",
            "--set",
            "prefix=other");

    assertThat(session.exitCode()).isEqualTo(5);
    assertThat(session.err()).startsWith("schema registry http://127.0.0.1:1 is out of reach");
    assertThat(argos("topics", "list", "--set", "prefix=other").out()).doesNotContain("  ok");
  }

  @Test
  @Order(10)
  void confirmsRemovalsThatASourceHoldsBack() throws Exception {
    try (var schemas = schemas();
        var producer = clients.producer()) {
      var resources = new RecordWriter<>(schemas, TOPICS.resources(), Resource.class);
      var vanished = resource("rome", "vanished");
      vanished.setClaims(
          List.of(
              new Claim("files", 10, Map.of("argos.held", "true"), "h"),
              new Claim("subnet", 50, Map.of(), "i")));
      send(producer, TOPICS.resources(), "rome/vanished", resources, vanished);
    }

    var held = json(argos("resources", "list", "--held", "-o", "json"));
    var none = argos("resources", "confirm", "subnet");
    var dry = argos("resources", "confirm", "files", "--dry-run");
    var confirmed =
        argos("resources", "confirm", "files", "--site", "rome", "--author", "ada", "-o", "json");
    var directives =
        lines(argos("topics", "tail", "directives", "--from-beginning", "--no-follow"));

    assertThat(held).extracting(row -> row.path("id").asText()).containsExactly("rome/vanished");
    assertThat(held.get(0).path("held").get(0).asText()).isEqualTo("files");
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err()).isEqualTo("source 'subnet' holds no removal back; there are files\n");
    assertThat(dry.err()).isEqualTo("dry run: nothing confirmed\n");
    assertThat(json(confirmed).get(0).path("then").asText()).isEqualTo("kept by subnet");
    assertThat(directives).hasSize(1);
    var directive = directives.getFirst().path("value");
    assertThat(directives.getFirst().path("key").asText())
        .isEqualTo("files|" + directive.path("id").asText());
    assertThat(directive.path("kind").asText()).isEqualTo("confirm");
    assertThat(directive.path("author").asText()).isEqualTo("ada");
    assertThat(directive.path("attributes").path("site").asText()).isEqualTo("rome");
  }

  private static RegistryClient schemas() {
    return new RegistryClient(
        new RegistryClient.Access(
            registry.url(), Optional.empty(), Optional.empty(), Duration.ofSeconds(5)));
  }

  private static void write() throws Exception {
    try (var schemas = schemas();
        var producer = clients.producer()) {
      var resources = new RecordWriter<>(schemas, TOPICS.resources(), Resource.class);
      var nodes = new RecordWriter<>(schemas, TOPICS.nodes(), NodeState.class);
      var enrichments = new RecordWriter<>(schemas, TOPICS.enrichments(), Enrichment.class);
      send(producer, TOPICS.resources(), "oslo/edge1", resources, resource("oslo", "edge1"));
      send(producer, TOPICS.resources(), "rome/gone", resources, resource("rome", "gone"));
      producer
          .send(new ProducerRecord<>(TOPICS.resources(), "rome/gone".getBytes(UTF_8), null))
          .get();
      send(
          producer,
          TOPICS.nodes(),
          "oslo/edge1",
          nodes,
          node("oslo/edge1", Health.OK, Reachability.REACHABLE));
      send(
          producer,
          TOPICS.nodes(),
          "rome/core",
          nodes,
          node("rome/core", Health.CRITICAL, Reachability.UNREACHABLE));
      for (var namespace : List.of("device", "interfaces")) {
        send(
            producer,
            TOPICS.enrichments(),
            "oslo/edge1|" + namespace,
            enrichments,
            enrichment("oslo/edge1", namespace));
      }
      send(
          producer,
          TOPICS.enrichments(),
          "rome/core|device",
          enrichments,
          enrichment("rome/core", "device"));
      var poison =
          new ConsumerRecord<>(
              TOPICS.resources(), 1, 17, "k".getBytes(UTF_8), "rubbish".getBytes(UTF_8));
      producer.send(DeadLetters.letter(poison, "topology-resources", "no record")).get();
    }
  }

  private static <T extends SpecificRecord> void send(
      Producer<byte[], byte[]> producer, String topic, String key, RecordWriter<T> writer, T record)
      throws Exception {
    producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), writer.write(record))).get();
  }

  private static Resource resource(String site, String name) {
    return Resource.newBuilder()
        .setId(site + "/" + name)
        .setSite(site)
        .setName(name)
        .setEndpoint("127.0.0.1:161")
        .setTtlSeconds(60)
        .setFirstSeenAt(AT)
        .setRevision(1)
        .setClaims(List.of(Claim.newBuilder().setSource("subnet").setHash("h").build()))
        .build();
  }

  private static Enrichment enrichment(String id, String namespace) {
    return Enrichment.newBuilder()
        .setResourceId(id)
        .setNamespace(namespace)
        .setPlugin("snmp")
        .setJobId("0")
        .setCollectedAt(AT)
        .setExpiresAt(AT.plusSeconds(60))
        .setContentHash("h")
        .setGroups(
            List.of(
                Group.newBuilder()
                    .setName("interface")
                    .setSection("interfaces")
                    .setSampledAt(AT)
                    .setRowKeys(List.of("Gi0/1"))
                    .setDimensions(List.of())
                    .setColumns(List.of())
                    .build()))
        .build();
  }

  private static NodeState node(String id, Health health, Reachability reachability) {
    return NodeState.newBuilder()
        .setResourceId(id)
        .setSite(id.substring(0, id.indexOf('/')))
        .setResourceClass("network")
        .setType("cisco")
        .setRevision(1)
        .setHealth(health)
        .setReachability(reachability)
        .setReason("")
        .setSince(AT)
        .build();
  }

  private static Session argos(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--set",
            "kafka.bootstrap-servers=" + kafka.bootstrap(),
            "--set",
            "topics.partitions=4"));
    // The later of two settings wins: what a test sets itself comes last.
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--set")) {
        all.addAll(List.of("--set", arguments[i + 1]));
      }
    }
    if (!List.of(arguments).contains("registry.url=http://127.0.0.1:1")) {
      all.addAll(List.of("--set", "registry.url=" + registry.url()));
    }
    return Session.runBesideServices(folder, all.toArray(String[]::new));
  }

  private static JsonNode json(Session session) throws IOException {
    return new ObjectMapper().readTree(session.out());
  }

  private static List<JsonNode> lines(Session session) throws IOException {
    var lines = new ArrayList<JsonNode>();
    for (var line : session.out().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }
}
