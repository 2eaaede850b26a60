package io.argos.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.PduType;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponderTest {
  private static final Moment NOW =
      new Moment(
          Instant.parse("2026-01-02T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"), 0, 0);
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final Mib mib =
      Recording.parse(
          "test",
          """
          1.3.6.1.2.1.1.1.0|4|a device
          1.3.6.1.2.1.1.3.0|67|42
          1.3.6.1.2.1.2.2.1.1.7|2|7
          1.3.6.1.2.1.2.2.1.1.10|2|10
          1.3.6.1.2.1.31.1.1.1.6.7|70|18446744073709551615
          1.3.6.1.2.1.31.1.1.1.18.7|4|uplink
          """
              .getBytes(StandardCharsets.UTF_8));
  private final Responder responder = new Responder(mib, 1472, NO_LIMIT);

  @Test
  void answersTheBindingsOfAGetInTheirOrder() {
    Message reply = get(Message.V2C, "1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.1.1.0");

    assertThat(reply.type()).isEqualTo(PduType.RESPONSE);
    assertThat(reply.requestId()).isEqualTo(5);
    assertThat(reply.errorStatus()).isZero();
    assertThat(reply.varbinds())
        .containsExactly(
            binding("1.3.6.1.2.1.1.3.0", Value.timeTicks(42)),
            binding("1.3.6.1.2.1.1.1.0", Value.text("a device")));
  }

  @Test
  void tellsAMissingInstanceFromAMissingObject() {
    Message reply = get(Message.V2C, "1.3.6.1.2.1.2.2.1.1.8", "1.3.6.1.2.1.99.1.0");

    assertThat(reply.varbinds())
        .extracting(Varbind::value)
        .containsExactly(Value.Absent.NO_SUCH_INSTANCE, Value.Absent.NO_SUCH_OBJECT);
  }

  @Test
  void refusesAMissingInstanceInV1AndNamesItsPosition() {
    Message reply = get(Message.V1, "1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.2.2.1.1.8");

    assertThat(reply.errorStatus()).isEqualTo(2);
    assertThat(reply.errorIndex()).isEqualTo(2);
    assertThat(reply.varbinds()).extracting(Varbind::value).containsOnly(Value.Absent.NULL);
  }

  @Test
  void hidesCounter64FromV1() {
    assertThat(get(Message.V1, "1.3.6.1.2.1.31.1.1.1.6.7").errorStatus()).isEqualTo(2);

    Message next = ask(PduType.GETNEXT, Message.V1, "1.3.6.1.2.1.31.1.1.1.6");

    assertThat(next.varbinds())
        .containsExactly(binding("1.3.6.1.2.1.31.1.1.1.18.7", Value.text("uplink")));
  }

  @Test
  void walksInTheOrderOfArcsNotOfText() {
    Message reply = ask(PduType.GETNEXT, Message.V2C, "1.3.6.1.2.1.2.2.1.1.7");

    assertThat(reply.varbinds())
        .containsExactly(binding("1.3.6.1.2.1.2.2.1.1.10", Value.integer(10)));
  }

  @Test
  void saysWhereTheMibEnds() {
    Message v2 = ask(PduType.GETNEXT, Message.V2C, "1.3.6.1.2.1.31.1.1.1.18.7");
    Message v1 = ask(PduType.GETNEXT, Message.V1, "1.3.6.1.2.1.31.1.1.1.18.7");

    assertThat(v2.varbinds())
        .containsExactly(binding("1.3.6.1.2.1.31.1.1.1.18.7", Value.Absent.END_OF_MIB_VIEW));
    assertThat(v1.errorStatus()).isEqualTo(2);
    assertThat(v1.errorIndex()).isEqualTo(1);
  }

  @Test
  void repeatsTheRepeatersOfAGetBulkRowByRow() {
    Message reply = bulk(1, 2, "1.3.6.1.2.1.1.1", "1.3.6.1.2.1.1.2", "1.3.6.1.2.1.2.2.1.1");

    assertThat(reply.varbinds())
        .extracting(varbind -> varbind.oid().toString())
        .containsExactly(
            "1.3.6.1.2.1.1.1.0",
            "1.3.6.1.2.1.1.3.0",
            "1.3.6.1.2.1.2.2.1.1.7",
            "1.3.6.1.2.1.2.2.1.1.7",
            "1.3.6.1.2.1.2.2.1.1.10");
  }

  @Test
  void stopsAGetBulkWhenARowIsAllPastTheEnd() {
    Message reply = bulk(0, 100, "1.3.6.1.2.1.31.1.1.1.18");

    assertThat(reply.varbinds())
        .containsExactly(
            binding("1.3.6.1.2.1.31.1.1.1.18.7", Value.text("uplink")),
            binding("1.3.6.1.2.1.31.1.1.1.18.7", Value.Absent.END_OF_MIB_VIEW));
  }

  @Test
  void treatsNegativeBulkCountsAsZero() {
    assertThat(bulk(-3, -1, "1.3.6.1.2.1.1.1").varbinds()).isEmpty();
    assertThat(bulk(9, 1, "1.3.6.1.2.1.1.1").varbinds()).hasSize(1);
  }

  @Test
  void fillsAGetBulkUpToTheLongestMessageAndNotBeyond() {
    Mib large = GeneratedDevice.of(Vendor.CISCO, "large", 100);
    Message request = Message.bulk("public", 1, 0, 1000, ObjectId.parse("1.3.6.1.2.1.2.2.1.2"));

    Message reply = new Responder(large, 1472, NO_LIMIT).answer(request, NOW).orElseThrow();

    int octets = reply.encode().length;
    int oneMore = Message.sizeOf(reply.varbinds().getLast());
    assertThat(octets).isLessThanOrEqualTo(1472).isGreaterThan(1472 - oneMore - 1);
  }

  @Test
  void answersTooBigWhenAGetDoesNotFit() {
    Responder small = new Responder(mib, 484, NO_LIMIT);
    String[] oids = Collections.nCopies(40, "1.3.6.1.2.1.1.1.0").toArray(String[]::new);

    Message v2 = small.answer(request(PduType.GET, Message.V2C, oids), NOW).orElseThrow();
    Message v1 = small.answer(request(PduType.GET, Message.V1, oids), NOW).orElseThrow();

    assertThat(v2.errorStatus()).isEqualTo(1);
    assertThat(v2.errorIndex()).isZero();
    assertThat(v2.varbinds()).isEmpty();
    assertThat(v1.errorStatus()).isEqualTo(1);
    assertThat(v1.varbinds()).hasSize(40);
  }

  @Test
  void refusesToBeWritten() {
    assertThat(ask(PduType.SET, Message.V2C, "1.3.6.1.2.1.1.1.0").errorStatus()).isEqualTo(17);
  }

  @Test
  void ignoresWhatAgentsIgnore() {
    Message bulkInV1 =
        new Message(
            Message.V1,
            "public",
            PduType.GETBULK,
            1,
            0,
            5,
            List.of(Varbind.ask(ObjectId.parse("1.3"))));

    assertThat(responder.answer(bulkInV1, NOW)).isEmpty();
    assertThat(responder.answer(request(PduType.RESPONSE, Message.V2C, "1.3"), NOW)).isEmpty();
    assertThat(responder.answer(request(PduType.TRAP, Message.V2C, "1.3"), NOW)).isEmpty();
  }

  private Message get(int version, String... oids) {
    return ask(PduType.GET, version, oids);
  }

  private Message ask(PduType type, int version, String... oids) {
    return responder.answer(request(type, version, oids), NOW).orElseThrow();
  }

  private Message bulk(int nonRepeaters, int repetitions, String... oids) {
    Message request = Message.bulk("public", 5, nonRepeaters, repetitions, parsed(oids));
    return responder.answer(request, NOW).orElseThrow();
  }

  private static Message request(PduType type, int version, String... oids) {
    return Message.request(version, "public", type, 5, parsed(oids));
  }

  private static ObjectId[] parsed(String... oids) {
    return Arrays.stream(oids).map(ObjectId::parse).toArray(ObjectId[]::new);
  }

  private static Varbind binding(String oid, Value value) {
    return new Varbind(ObjectId.parse(oid), value);
  }
}
