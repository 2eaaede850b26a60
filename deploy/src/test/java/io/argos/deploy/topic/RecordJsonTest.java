package io.argos.deploy.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.schemas.Column;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.Health;
import io.argos.schemas.NodeState;
import io.argos.schemas.Reachability;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
  private final LocalSchemas schemas = new LocalSchemas();
  private final RecordJson json = new RecordJson(schemas);

  @Test
  void decodesByTheSchemaItWasWrittenWith() {
    var state =
        NodeState.newBuilder()
            .setResourceId("local/edge1")
            .setSite("local")
            .setResourceClass("network")
            .setType("cisco")
            .setRevision(3)
            .setHealth(Health.OK)
            .setReachability(Reachability.REACHABLE)
            .setReason("")
            .setSince(Instant.parse("2026-01-02T03:04:05.678Z"))
            .setPlugins(Map.of("b", "OK", "a", "FAILED"))
            .build();
    var writer = new RecordWriter<>(schemas, "argos.nodes.v1", NodeState.class);

    var node = json.of(record("local/edge1", writer.write(state)));

    assertThat(node.path("topic").asText()).isEqualTo("argos.nodes.v1");
    assertThat(node.path("partition").asInt()).isEqualTo(2);
    assertThat(node.path("offset").asLong()).isEqualTo(7);
    assertThat(node.path("timestamp").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(node.path("key").asText()).isEqualTo("local/edge1");
    assertThat(node.path("headers").path("ce_id").asText()).isEqualTo("abc");
    assertThat(node.path("type").asText()).isEqualTo("NodeState");
    var value = node.path("value");
    assertThat(value.path("reachability").asText()).isEqualTo("REACHABLE");
    assertThat(value.path("since").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(value.path("lastPollAt").isNull()).isTrue();
    assertThat(value.path("plugins").toString()).isEqualTo("{\"a\":\"FAILED\",\"b\":\"OK\"}");
  }

  @Test
  void showsCountersAsTheUnsignedNumbersTheyAre() {
    var counter = column(ColumnKind.COUNTER);
    var gauge = column(ColumnKind.GAUGE);

    assertThat(AvroJson.of(counter).path("longs").toString()).isEqualTo("[18446744073709551615,1]");
    assertThat(AvroJson.of(gauge).path("longs").toString()).isEqualTo("[-1,1]");
  }

  @Test
  void showsWhatCannotBeDecodedAsTextOrInHex() {
    var text = json.of(record("k", "{\"json\": 1}".getBytes(UTF_8)));
    var binary = json.of(record("k", new byte[] {1, 2, (byte) 0xff}));
    var unknown = json.of(record("k", new byte[] {0, 0, 0, 0, 99, 1}));

    assertThat(text.path("text").asText()).isEqualTo("{\"json\": 1}");
    assertThat(text.path("undecoded").asText())
        .isEqualTo("does not begin with a zero byte and a schema id");
    assertThat(binary.path("hex").asText()).isEqualTo("0102ff");
    assertThat(unknown.path("undecoded").asText())
        .isEqualTo("schema 99 is not known to the registry");
    assertThat(unknown.path("hex").asText()).isEqualTo("000000006301");
  }

  @Test
  void showsATombstone() {
    ObjectNode node = json.of(record("k", null));

    assertThat(node.has("value")).isTrue();
    assertThat(node.path("value").isNull()).isTrue();
  }

  private static Column column(ColumnKind kind) {
    return Column.newBuilder()
        .setName("octets")
        .setUnit("By")
        .setKind(kind)
        .setLongs(List.of(-1L, 1L))
        .build();
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String key, byte @org.jspecify.annotations.Nullable [] value) {
    var headers = new RecordHeaders();
    headers.add("ce_id", "abc".getBytes(UTF_8));
    return new ConsumerRecord<>(
        "argos.nodes.v1",
        2,
        7,
        Instant.parse("2026-01-01T00:00:00Z").toEpochMilli(),
        TimestampType.CREATE_TIME,
        key.length(),
        value == null ? -1 : value.length,
        key.getBytes(UTF_8),
        value,
        headers,
        Optional.empty());
  }
}
