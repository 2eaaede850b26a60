package io.argos.servers.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.serde.SchemaException;
import io.argos.servers.EmbeddedKafka;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One Kafka for all tests; each test has subjects of its own. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class SchemaRegistryServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ONE = record("a", "");
  private static final String WITH_DEFAULT =
      record("a", ",{\"name\":\"b\",\"type\":\"long\",\"default\":0}");
  private static final String WITHOUT_DEFAULT = record("a", ",{\"name\":\"c\",\"type\":\"long\"}");

  @TempDir static Path folder;

  private static EmbeddedKafka kafka;
  private static SchemaRegistryServer registry;
  private static HttpClient client;

  private record Answer(int status, JsonNode body) {
    int code() {
      return body.path("error_code").asInt();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(folder);
    client = HttpClient.newHttpClient();
    registry = started();
  }

  @AfterAll
  static void stop() {
    client.close();
    registry.close();
    kafka.close();
  }

  @Test
  void registersFindsAndDescribesVersions() throws Exception {
    int first = post("/subjects/flow-value/versions", ONE).body().path("id").asInt();
    int again = post("/subjects/flow-value/versions", ONE).body().path("id").asInt();
    int second = post("/subjects/flow-value/versions", WITH_DEFAULT).body().path("id").asInt();

    assertThat(again).isEqualTo(first);
    assertThat(second).isNotEqualTo(first);
    assertThat(get("/subjects").body()).anyMatch(name -> name.asText().equals("flow-value"));
    assertThat(get("/subjects/flow-value/versions").body().toString()).isEqualTo("[1,2]");
    JsonNode latest = get("/subjects/flow-value/versions/latest").body();
    assertThat(latest.path("version").asInt()).isEqualTo(2);
    assertThat(latest.path("id").asInt()).isEqualTo(second);
    assertThat(new Schema.Parser().parse(latest.path("schema").asText()))
        .isEqualTo(new Schema.Parser().parse(WITH_DEFAULT));
    assertThat(get("/subjects/flow-value/versions/1").body().path("id").asInt()).isEqualTo(first);
    assertThat(get("/schemas/ids/" + first).body().path("schema").asText())
        .isEqualTo(new Schema.Parser().parse(ONE).toString());
    JsonNode found = post("/subjects/flow-value", ONE).body();
    assertThat(found.path("version").asInt()).isEqualTo(1);
    assertThat(found.path("subject").asText()).isEqualTo("flow-value");
  }

  @Test
  void givesTheSameTextTheSameIdInEverySubject() throws Exception {
    String schema = "{\"type\":\"record\",\"name\":\"Shared\",\"fields\":[]}";

    int one = post("/subjects/shared-1/versions", schema).body().path("id").asInt();
    int two =
        post("/subjects/shared-2/versions", schema.replace(":", " : ")).body().path("id").asInt();

    assertThat(two).isEqualTo(one);
    assertThat(get("/schemas/ids/" + one + "/versions").body()).hasSize(2);
  }

  @Test
  void refusesAnIncompatibleSchemaAndNamesWhatBreaks() throws Exception {
    post("/subjects/strict-value/versions", ONE);

    Answer refused = post("/subjects/strict-value/versions", WITHOUT_DEFAULT);
    Answer checked =
        post("/compatibility/subjects/strict-value/versions/latest?verbose=true", WITHOUT_DEFAULT);
    Answer fits = post("/compatibility/subjects/strict-value/versions/1", WITH_DEFAULT);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.body().path("message").asText())
        .contains("strict-value", "version 1", "READER_FIELD_MISSING_DEFAULT_VALUE", "/fields/1");
    assertThat(get("/subjects/strict-value/versions").body().toString()).isEqualTo("[1]");
    assertThat(checked.status()).isEqualTo(200);
    assertThat(checked.body().path("is_compatible").asBoolean()).isFalse();
    assertThat(checked.body().path("messages")).isNotEmpty();
    assertThat(fits.body().toString()).isEqualTo("{\"is_compatible\":true}");
  }

  @Test
  void looksAtAllFormerVersionsUnlessToldOtherwise() throws Exception {
    // Version 3 fits version 2, but not version 1, where b was a string.
    String text = record("a", ",{\"name\":\"b\",\"type\":\"string\",\"default\":\"\"}");
    post("/subjects/history/versions", text);
    post("/subjects/history/versions", ONE);

    Answer refused = post("/subjects/history/versions", WITH_DEFAULT);
    Answer level = put("/config/history", "{\"compatibility\":\"FULL\"}");
    Answer accepted = post("/subjects/history/versions", WITH_DEFAULT);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body().path("message").asText()).contains("version 1", "TYPE_MISMATCH");
    assertThat(level.body().toString()).isEqualTo("{\"compatibility\":\"FULL\"}");
    assertThat(accepted.status()).isEqualTo(200);
    assertThat(get("/config/history").body().toString())
        .isEqualTo("{\"compatibilityLevel\":\"FULL\"}");
    assertThat(get("/config").body().path("compatibilityLevel").asText())
        .isEqualTo("FULL_TRANSITIVE");
    assertThat(get("/config/other").code()).isEqualTo(40408);
    assertThat(get("/config/other?defaultToGlobal=true").status()).isEqualTo(200);
  }

  @Test
  void answersMistakesWithConfluentsNumbers() throws Exception {
    post("/subjects/known/versions", ONE);

    assertThat(get("/subjects/unknown/versions").code()).isEqualTo(40401);
    assertThat(get("/subjects/unknown/versions/1").code()).isEqualTo(40401);
    assertThat(post("/subjects/unknown", ONE).code()).isEqualTo(40401);
    assertThat(get("/subjects/known/versions/9").code()).isEqualTo(40402);
    assertThat(post("/subjects/known", WITHOUT_DEFAULT).code()).isEqualTo(40403);
    assertThat(get("/schemas/ids/999999").code()).isEqualTo(40403);
    assertThat(post("/subjects/known/versions", "{\"type\":\"recrod\"}").code()).isEqualTo(42201);
    assertThat(
            send(
                    "/subjects/known/versions",
                    "POST",
                    "{\"schema\":\"\\\"int\\\"\",\"schemaType\":\"JSON\"}")
                .code())
        .isEqualTo(42201);
    assertThat(get("/subjects/known/versions/first").code()).isEqualTo(42202);
    assertThat(put("/config", "{\"compatibility\":\"SOMETIMES\"}").code()).isEqualTo(42203);
    assertThat(send("/subjects/known/versions", "POST", "{").status()).isEqualTo(400);
    assertThat(send("/subjects/known", "DELETE", "").status()).isEqualTo(405);
    assertThat(get("/nothing").status()).isEqualTo(404);
    assertThat(get("/schemas/types").body().toString()).isEqualTo("[\"AVRO\"]");
  }

  @Test
  void takesSubjectsThatNeedEscaping() throws Exception {
    post("/subjects/a%2Fb%20c+d/versions", ONE);

    assertThat(get("/subjects/a%2Fb%20c+d/versions/latest").body().path("subject").asText())
        .isEqualTo("a/b c+d");
  }

  @Test
  void givesEachSchemaAnIdOfItsOwnToManyAtOnce() throws Exception {
    List<Future<Integer>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        String schema = "{\"type\":\"fixed\",\"name\":\"F%d\",\"size\":4}".formatted(i / 2);
        String subject = "/subjects/many-" + i / 2 + "/versions";
        answers.add(threads.submit(() -> post(subject, schema).body().path("id").asInt()));
      }
    }
    var ids = new HashSet<Integer>();
    for (Future<Integer> answer : answers) {
      ids.add(answer.get());
    }

    assertThat(ids).hasSize(20).doesNotContain(0);
  }

  @Test
  void keepsSchemasIdsAndLevelsThroughARestartAndReusesNoId() throws Exception {
    int before = post("/subjects/kept/versions", ONE).body().path("id").asInt();
    put("/config/kept", "{\"compatibility\":\"NONE\"}");
    int highest = post("/subjects/kept/versions", WITHOUT_DEFAULT).body().path("id").asInt();

    registry.close();
    kafka.close();
    kafka = EmbeddedKafka.start(folder);
    registry = started();

    assertThat(get("/subjects/kept/versions").body().toString()).isEqualTo("[1,2]");
    assertThat(get("/subjects/kept/versions/1").body().path("id").asInt()).isEqualTo(before);
    assertThat(get("/config/kept").body().path("compatibilityLevel").asText()).isEqualTo("NONE");
    assertThat(post("/subjects/kept/versions", ONE).body().path("id").asInt()).isEqualTo(before);
    String fresh = "{\"type\":\"record\",\"name\":\"Fresh\",\"fields\":[]}";
    assertThat(post("/subjects/fresh/versions", fresh).body().path("id").asInt())
        .isGreaterThanOrEqualTo(highest)
        .isNotIn(before, highest);
  }

  @Test
  void writesRecordsInConfluentsForm() throws Exception {
    int id = post("/subjects/form/versions", ONE).body().path("id").asInt();
    put("/config/form", "{\"compatibility\":\"BACKWARD\"}");

    Map<String, String> entries = log();

    assertThat(
            JSON.readTree(
                entries.get(
                    "{\"keytype\":\"SCHEMA\",\"subject\":\"form\",\"version\":1,\"magic\":1}")))
        .isEqualTo(
            JSON.createObjectNode()
                .put("subject", "form")
                .put("version", 1)
                .put("id", id)
                .put("schema", new Schema.Parser().parse(ONE).toString())
                .put("deleted", false));
    assertThat(entries.get("{\"keytype\":\"CONFIG\",\"subject\":\"form\",\"magic\":0}"))
        .isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
  }

  @Test
  void answersOurOwnClient() {
    Schema schema = new Schema.Parser().parse(ONE);
    var access =
        new RegistryClient.Access(
            registry.url(), Optional.empty(), Optional.empty(), Duration.ofSeconds(5));

    try (var ours = new RegistryClient(access)) {
      int id = ours.register("ours-value", schema);

      assertThat(ours.idOf("ours-value", schema)).isEqualTo(id);
      assertThat(ours.schemaOf(id)).isEqualTo(schema);
      Assertions.assertThatThrownBy(
              () -> ours.register("ours-value", new Schema.Parser().parse(WITHOUT_DEFAULT)))
          .isInstanceOfSatisfying(
              SchemaException.class,
              e -> assertThat(e.reason()).isEqualTo(SchemaException.Reason.INCOMPATIBLE));
    }
  }

  @Test
  void answers503UntilItHasReadItsLog() throws Exception {
    // Nothing listens on port 1 of loopback, so this log is never read.
    try (var blind = SchemaRegistryServer.start(0, "127.0.0.1:1")) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(blind.url().resolve("/subjects")).build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("not ready");
      assertThat(blind.awaitReady(Duration.ZERO)).isFalse();
    }
  }

  private static SchemaRegistryServer started() throws InterruptedException {
    SchemaRegistryServer server = SchemaRegistryServer.start(0, kafka.bootstrap());
    assertThat(server.awaitReady(Duration.ofSeconds(30))).as(server.unready()).isTrue();
    return server;
  }

  private static Map<String, String> log() {
    var entries = new HashMap<String, String>();
    var partition = new TopicPartition(SchemaRegistryServer.TOPIC, 0);
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrap()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> entry : consumer.poll(Duration.ofMillis(100))) {
          entries.put(entry.key(), entry.value());
        }
      }
    }
    return entries;
  }

  private static String record(String field, String more) {
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"%s\",\"type\":\"string\"}%s]}"
        .formatted(field, more);
  }

  private static Answer get(String path) throws Exception {
    return send(path, "GET", "");
  }

  private static Answer post(String path, String schema) throws Exception {
    return send(path, "POST", JSON.createObjectNode().put("schema", schema).toString());
  }

  private static Answer put(String path, String body) throws Exception {
    return send(path, "PUT", body);
  }

  private static Answer send(String path, String method, String body) throws Exception {
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(URI.create(registry.url() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", RegistryRoutes.MEDIA_TYPE)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.headers().firstValue("content-type"))
        .hasValue("application/vnd.schemaregistry.v1+json");
    return new Answer(response.statusCode(), JSON.readTree(new String(response.body(), UTF_8)));
  }
}
