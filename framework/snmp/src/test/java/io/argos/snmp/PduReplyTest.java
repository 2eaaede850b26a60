package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.PduType;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The codec against the one of the simulator, which was written apart from it. */
class PduReplyTest {
  private static final int ROUNDS = 2_000;
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final PduReply reply = new PduReply();
  private final RowCache cache = new RowCache();

  PduReplyTest() {
    System.out.println("PduReplyTest seed=" + seed);
  }

  @Test
  void readsWhateverAnAgentMaySay() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Message message = randomMessage();
      byte[] octets = message.encode();

      reply.decodeMessage(octets, octets.length);

      assertThat(reply.requestId()).isEqualTo(message.requestId());
      assertThat(reply.errorStatus()).isEqualTo(message.errorStatus());
      assertThat(reply.errorIndex()).isEqualTo(message.errorIndex());
      assertThat(reply.version()).isEqualTo(message.version());
      assertThat(reply.count()).isEqualTo(message.varbinds().size());
      for (int i = 0; i < reply.count(); i++) {
        assertBinding(message.varbinds().get(i), i);
      }
    }
  }

  private void assertBinding(Varbind expected, int binding) throws Exception {
    assertThat(reply.oidText(binding)).isEqualTo(expected.oid().toString());
    Oid oid = Oid.parse(expected.oid().toString());
    assertThat(reply.isOid(binding, oid.ber())).isTrue();
    int cut = 2 + random.nextInt(oid.length() - 1);
    Oid prefix = Oid.of(java.util.Arrays.copyOf(oid.toArray(), cut));
    assertThat(reply.isBelow(binding, prefix.ber())).isEqualTo(cut < oid.length());
    assertThat(reply.index(binding, prefix.ber().length, cache))
        .containsExactly(oid.suffix(cut).toArray());
    SnmpType type = reply.type(binding);
    switch (expected.value()) {
      case Value.Numeric number -> assertThat(reply.number(binding, type)).isEqualTo(number.bits());
      case Value.Octets octets ->
          assertThat(reply.octets(binding, type)).isEqualTo(octets.toArray());
      case Value.Name name ->
          assertThat(new String(reply.octets(binding, type), StandardCharsets.US_ASCII))
              .isEqualTo(name.id().toString());
      case Value.Absent absent -> {
        assertThat(type).isEqualTo(SnmpType.ABSENT);
        assertThat(reply.isEndOfMibView(binding)).isEqualTo(absent == Value.Absent.END_OF_MIB_VIEW);
      }
    }
  }

  @Test
  void survivesAnyOctets() {
    int malformed = 0;
    for (int round = 0; round < ROUNDS * 10; round++) {
      byte[] octets = randomMessage().encode();
      for (int i = random.nextInt(4); i >= 0; i--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(8) == 0 ? random.nextInt(octets.length) : octets.length;
      try {
        reply.decodeMessage(octets, length);
        readAll();
      } catch (MalformedReplyException _) {
        malformed++;
      } catch (RuntimeException e) {
        fail("seed=" + seed + " round=" + round, e);
      }
    }
    assertThat(malformed).isGreaterThan(ROUNDS);
  }

  private void readAll() throws MalformedReplyException {
    for (int i = 0; i < reply.count(); i++) {
      assertThat(reply.index(i, 0, cache)).hasSizeLessThanOrEqualTo(Oid.MAX_ARCS);
      assertThat(reply.oidText(i)).isNotNull();
      SnmpType type = reply.type(i);
      if (type.isNumber()) {
        reply.number(i, type);
      } else if (type != SnmpType.ABSENT) {
        assertThat(reply.octets(i, type)).isNotNull();
      }
    }
  }

  @Test
  void takesNumbersThatAgentsEncodeAgainstTheRules() throws Exception {
    // A Counter32 that lost the zero before its high bit, and one that was sign-extended.
    reply.decodePdu(response(0x41, 0xFF, 0xFF, 0xFF, 0xFE), 0, 31);
    assertThat(reply.number(0, reply.type(0))).isEqualTo(0xFFFF_FFFEL);
    byte[] extended = response(0x41, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE);
    reply.decodePdu(extended, 0, extended.length);
    assertThat(reply.number(0, reply.type(0))).isEqualTo(0xFFFF_FFFEL);
  }

  private static byte[] response(int tag, int... value) {
    int[] head = {
      0xA2,
      21 + value.length + 4,
      2,
      1,
      7,
      2,
      1,
      0,
      2,
      1,
      0,
      0x30,
      12 + value.length + 2,
      0x30,
      10 + value.length + 2,
      6,
      8,
      0x2B,
      6,
      1,
      2,
      1,
      1,
      3,
      0,
      tag,
      value.length
    };
    byte[] octets = new byte[head.length + value.length];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (i < head.length ? head[i] : value[i - head.length]);
    }
    return octets;
  }

  private Message randomMessage() {
    List<Varbind> bindings = new ArrayList<>();
    for (int i = random.nextInt(100); i > 0; i--) {
      bindings.add(new Varbind(randomOid(), randomValue()));
    }
    return new Message(
        random.nextInt(2),
        "c".repeat(random.nextInt(200)),
        PduType.RESPONSE,
        random.nextInt(),
        random.nextInt(20),
        random.nextInt(200),
        bindings);
  }

  private ObjectId randomOid() {
    int[] arcs = new int[2 + random.nextInt(random.nextInt(20) == 0 ? 126 : 16)];
    arcs[0] = random.nextInt(3);
    arcs[1] = random.nextInt(40);
    for (int i = 2; i < arcs.length; i++) {
      arcs[i] = random.nextInt() >>> random.nextInt(32);
    }
    return ObjectId.of(arcs);
  }

  private Value randomValue() {
    long bits = random.nextLong() >> random.nextInt(64);
    byte[] octets = new byte[random.nextInt(20) == 0 ? 300 : random.nextInt(40)];
    random.nextBytes(octets);
    return switch (random.nextInt(9)) {
      case 0 -> Value.integer((int) bits);
      case 1 -> Value.counter32(bits);
      case 2 -> Value.gauge32(bits);
      case 3 -> Value.timeTicks(bits);
      case 4 -> Value.counter64(bits);
      case 5 -> Value.octets(octets);
      case 6 -> Value.objectId(randomOid());
      case 7 -> new Value.Octets(Value.TAG_OPAQUE, octets);
      default -> Value.Absent.values()[random.nextInt(4)];
    };
  }
}
