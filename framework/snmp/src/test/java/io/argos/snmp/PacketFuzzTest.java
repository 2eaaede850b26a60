package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.spi.Secret;
import io.argos.testing.ber.BerException;
import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.PduType;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A million packets that were answers once, against the decoding and what judges its result. The
 * seed is printed; {@code -Dargos.fuzz.seed} and {@code -Dargos.fuzz.packets} set it and their
 * count.
 */
@Timeout(180)
class PacketFuzzTest {
  private static final int PACKETS = Integer.getInteger("argos.fuzz.packets", 1_000_000);
  private static final String ENTRY = "1.3.6.1.4.1.99999.1.1";
  private static final String FAULT = "the SNMP engine failed";
  private static final SnmpTarget TARGET =
      new SnmpTarget(
          new InetSocketAddress("127.0.0.1", 161),
          new SnmpCredential.V3(new Secret("lab", Map.of("user", "nobody"))),
          new SnmpLimits(Duration.ofSeconds(1), 1, 10, 4, 500));

  private final long seed = Long.getLong("argos.fuzz.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final PacketMutator mutator = new PacketMutator(random);
  private final Map<String, Integer> outcomes = new TreeMap<>();

  @Test
  void nothingButAMalformedReplyEscapesTheDecoding() {
    List<byte[]> packets = packets();
    PduReply reply = new PduReply();
    RowCache cache = new RowCache();
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = mutator.mutated(packets.get(random.nextInt(packets.size())));
      try {
        reply.decodeMessage(packet, packet.length);
        assertThat(reply.count()).isLessThan(packet.length);
        readAll(reply, cache);
        count("read");
      } catch (MalformedReplyException e) {
        count(e.getMessage());
      } catch (RuntimeException e) {
        throw new AssertionError("seed=" + seed + " packet=" + i + " " + hex(packet), e);
      }
    }
    System.out.printf("PacketFuzzTest decoding seed=%d packets=%d %s%n", seed, PACKETS, outcomes);
    assertThat(outcomes)
        .containsKeys("read", "a value reaches beyond the end", "a tag is out of place");
  }

  private static void readAll(PduReply reply, RowCache cache) throws MalformedReplyException {
    for (int binding = 0; binding < reply.count(); binding++) {
      reply.oidText(binding);
      reply.index(binding, 0, cache);
      SnmpType type = reply.type(binding);
      if (type.isNumber()) {
        reply.number(binding, type);
      } else if (type != SnmpType.ABSENT) {
        reply.octets(binding, type);
      }
    }
  }

  @Test
  void everyExchangeEndsWhateverIsAnswered() throws Exception {
    Deque<Asked> asked = new ArrayDeque<>();
    PduTransport captured =
        (request, pdu) -> {
          asked.add(new Asked(request, question(pdu)));
          return true;
        };
    ExchangeLoop loop = new ExchangeLoop("fuzz", new UdpSockets(), captured, new EngineCounts());
    NavigableMap<ObjectId, Value> mib = ScriptedAgent.table(ENTRY, 4, 30);
    int packets = 0;
    while (packets < PACKETS / 2) {
      CompletableFuture<SnmpReply> future = new CompletableFuture<>();
      asked.clear();
      new PlanExchange(TARGET, plan(), future, loop, new DeviceMemory()).begin();
      while (!future.isDone()) {
        Asked next = asked.remove();
        byte[] honest = pduOf(ScriptedAgent.honest(next.question(), mib).encode());
        for (int i = random.nextInt(4); i > 0 && next.isOpen(future); i--) {
          deliver(loop, next.request(), mutator.mutated(honest));
          packets++;
        }
        if (next.isOpen(future)) {
          deliver(loop, next.request(), honest);
        }
      }
      SnmpReply reply = future.join();
      String end = reply.failure().map(f -> f.getClass().getSimpleName()).orElse("whole");
      assertThat(reply.failure().map(SnmpFailure::detail).orElse(""))
          .as("seed %d, after packet %d", seed, packets)
          .doesNotContain(FAULT);
      count(end);
    }
    loop.close();
    System.out.printf("PacketFuzzTest exchanges seed=%d packets=%d %s%n", seed, packets, outcomes);
    assertThat(outcomes).containsKeys("whole", "Broken");
  }

  /** A request on its way, and what it asks. */
  private record Asked(Request request, Message question) {
    boolean isOpen(CompletableFuture<SnmpReply> future) {
      return !future.isDone() && request.isWaiting();
    }
  }

  private static SnmpPlan plan() {
    Oid entry = Oid.parse(ENTRY);
    return new SnmpPlan(
        List.of(entry.append(1).append(1), Oid.parse("1.3.6.1.2.1.1.3.0")),
        List.of(entry.append(1), entry.append(2), entry.append(7)),
        List.of(
            new SnmpPlan.RowsPlan(
                List.of(entry.append(3), entry.append(4)), new int[][] {{3}, {9}, {4711}})));
  }

  private void deliver(ExchangeLoop loop, Request request, byte[] pdu) {
    PduReply reply = loop.reply();
    try {
      reply.decodePdu(pdu, 0, pdu.length);
    } catch (MalformedReplyException e) {
      count("malformed");
      return;
    }
    if (reply.isReport() || reply.requestId() != request.id()) {
      count("not its answer");
      return;
    }
    count("judged");
    loop.deliver(request, reply);
  }

  private static Message question(BerWriter pdu) {
    byte[] octets = Arrays.copyOfRange(pdu.buffer(), pdu.start(), pdu.start() + pdu.length());
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    int length = octets.length + 11;
    message.writeBytes(new byte[] {0x30, (byte) 0x82, (byte) (length >> 8), (byte) length});
    message.writeBytes(new byte[] {2, 1, 1, 4, 6, 'p', 'u', 'b', 'l', 'i', 'c'});
    message.writeBytes(octets);
    try {
      return Message.decode(message.toByteArray(), 0, message.size());
    } catch (BerException e) {
      throw new AssertionError("the engine asks what is no PDU", e);
    }
  }

  /** The PDU of a message whose community is {@code public}. */
  private static byte[] pduOf(byte[] message) {
    int header = message[1] >= 0 ? 2 : 2 + (message[1] & 0x7F);
    return Arrays.copyOfRange(message, header + 11, message.length);
  }

  /** Answers of all kinds and sizes. */
  private List<byte[]> packets() {
    NavigableMap<ObjectId, Value> mib = ScriptedAgent.table(ENTRY, 3, 20);
    List<Varbind> rows = new ArrayList<>();
    mib.forEach((oid, value) -> rows.add(new Varbind(oid, value)));
    ObjectId other = ObjectId.parse("1.3.6.1.2.1.1.2.0");
    List<Varbind> kinds =
        List.of(
            new Varbind(other, Value.integer(-5)),
            new Varbind(other, Value.counter64(-1L)),
            new Varbind(other, Value.timeTicks(77L)),
            new Varbind(other, Value.octets(new byte[200])),
            new Varbind(other, Value.objectId(ObjectId.parse("1.3.6.1.4.1.4294967295"))),
            new Varbind(other, new Value.Octets(Value.TAG_OPAQUE, new byte[7])),
            new Varbind(other, Value.Absent.NO_SUCH_INSTANCE),
            new Varbind(other, Value.Absent.END_OF_MIB_VIEW));
    List<byte[]> packets = new ArrayList<>();
    for (List<Varbind> bindings : List.of(List.<Varbind>of(), kinds, rows, rows.subList(0, 4))) {
      for (int status : new int[] {0, 0, 1, 2, 5, 16}) {
        packets.add(
            new Message(1, "public", PduType.RESPONSE, random.nextInt(), status, 1, bindings)
                .encode());
      }
    }
    return packets;
  }

  private void count(String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }
}
