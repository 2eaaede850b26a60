package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.SnmpConfig;
import io.argos.spi.Secret;
import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.PduType;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in the wrong version, of the wrong size, and from the wrong place: each is counted. */
class OddAnswersTest {
  private static final String ENTRY = "1.3.6.1.4.1.99999.1.1";
  private static final Oid FIRST = Oid.parse(ENTRY + ".1");
  private static final Oid CELL = FIRST.append(1);
  private static final NavigableMap<ObjectId, Value> MIB = ScriptedAgent.table(ENTRY, 2, 25);
  private static final SnmpLimits LIMITS = new SnmpLimits(Duration.ofMillis(100), 1, 10, 1, 500);
  private static final SnmpCredential V2C =
      new SnmpCredential.V2c(new Secret("lab", Map.of("community", "public")));

  private final SnmpEngine engine =
      SnmpEngine.open(new SnmpConfig(Duration.ofMillis(100), 1, 10, 1, 500, 0, 1));

  @AfterEach
  void close() {
    engine.close();
  }

  private SnmpReply read(ScriptedAgent agent, SnmpPlan plan) throws Exception {
    return engine
        .read(new SnmpTarget(agent.address(), V2C, LIMITS), plan)
        .get(60, TimeUnit.SECONDS);
  }

  private static void assertSilence(SnmpReply reply) {
    assertThat(reply.failure().orElseThrow())
        .isInstanceOfSatisfying(
            SnmpFailure.NoAnswer.class, silence -> assertThat(silence.answered()).isFalse());
  }

  @Test
  void takesNoAnswerInAnotherVersion() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          Message honest = ScriptedAgent.honest(request, MIB);
          peer.send(
              new Message(
                  Message.V1,
                  "public",
                  PduType.RESPONSE,
                  honest.requestId(),
                  0,
                  0,
                  honest.varbinds()));
        })) {
      assertSilence(read(agent, SnmpPlan.of(List.of(CELL), List.of())));

      assertThat(engine.counters().foreign()).isEqualTo(2);
      assertThat(engine.counters().unanswered()).isEqualTo(1);
    }
  }

  @Test
  void takesNoAnswerFromAnotherAddress() throws Exception {
    InetAddress other = InetAddress.getByName("127.0.0.2");
    try (DatagramSocket elsewhere = new DatagramSocket(new InetSocketAddress(other, 0));
        ScriptedAgent agent =
            new ScriptedAgent((request, peer) -> {
              byte[] octets = ScriptedAgent.honest(request, MIB).encode();
              elsewhere.send(new DatagramPacket(octets, octets.length, peer.address()));
            })) {
      assertSilence(read(agent, SnmpPlan.of(List.of(CELL), List.of())));

      assertThat(engine.counters().foreign()).isEqualTo(2);
    }
  }

  @Test
  void takesMoreThanItAskedForWithoutBelievingIt() throws Exception {
    NavigableMap<ObjectId, Value> large = ScriptedAgent.table(ENTRY, 1, 3_000);
    List<Varbind> all = new ArrayList<>();
    large.forEach((oid, value) -> all.add(new Varbind(oid, value)));
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> peer.send(request.respond(0, 0, all)))) {
      SnmpReply got = read(agent, SnmpPlan.of(List.of(CELL), List.of()));
      SnmpReply walked = read(agent, SnmpPlan.of(List.of(), List.of(FIRST)));

      assertThat(got.failure()).isEmpty();
      assertThat(got.values().get(CELL).numbers()).containsExactly(1);
      // Of 3,000 rows the ten that were asked for; the same again is a loop.
      assertThat(walked.values().get(FIRST).size()).isEqualTo(LIMITS.maxRepetitions());
      assertThat(walked.failure().orElseThrow().detail()).contains("a loop in " + FIRST);
      assertThat(engine.counters().cut()).isEqualTo(1);
    }
  }

  @Test
  void givesUpAValueThatIsTooBigByItself() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) ->
            peer.send(
                request.varbinds().stream().anyMatch(asked -> asked.oid().equals(id(CELL)))
                    ? request.respond(1, 0, List.of())
                    : ScriptedAgent.honest(request, MIB)))) {
      SnmpReply reply =
          read(
              agent, SnmpPlan.of(List.of(CELL, FIRST.append(2)), List.of(Oid.parse(ENTRY + ".2"))));

      assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Broken.class);
      assertThat(reply.failure().orElseThrow().detail()).contains("tooBig for a single value");
      assertThat(engine.counters().tooBig()).isPositive();
      assertThat(reply.values().get(FIRST.append(2)).numbers()).containsExactly(2);
      assertThat(reply.values().get(Oid.parse(ENTRY + ".2")).size()).isEqualTo(25);
    }
  }

  @Test
  void givesUpADeviceThatBeginsToAnswerWithoutValues() throws Exception {
    AtomicBoolean empty = new AtomicBoolean();
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) ->
            peer.send(
                empty.get()
                    ? request.respond(0, 0, List.of())
                    : ScriptedAgent.honest(request, MIB)))) {
      SnmpPlan.RowsPlan cells = new SnmpPlan.RowsPlan(List.of(FIRST), rows(25));
      SnmpPlan plan = new SnmpPlan(List.of(), List.of(Oid.parse(ENTRY + ".2")), List.of(cells));
      SnmpReply before = read(agent, plan);
      int honest = agent.requests().size();

      empty.set(true);
      SnmpReply reply = read(agent, plan);

      assertThat(before.failure()).isEmpty();
      assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Broken.class);
      assertThat(reply.failure().orElseThrow().detail()).contains("an answer without any value");
      assertThat(agent.requests()).hasSizeBetween(honest + 6, honest + 20);
      assertThat(engine.counters().malformed()).isEqualTo(agent.requests().size() - honest);
    }
  }

  @Test
  void walksOnBehindARowWithoutAValue() throws Exception {
    NavigableMap<ObjectId, Value> mib = ScriptedAgent.table(ENTRY, 2, 25);
    mib.put(id(FIRST.append(3)), Value.Absent.NULL);
    mib.put(id(FIRST.append(10)), Value.Absent.NULL);
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> peer.send(ScriptedAgent.honest(request, mib)))) {
      SnmpReply reply = read(agent, SnmpPlan.of(List.of(), List.of(FIRST)));

      assertThat(reply.failure()).isEmpty();
      SnmpColumn column = reply.values().get(FIRST);
      assertThat(column.size()).isEqualTo(23);
      assertThat(column.find(new int[] {3})).isNegative();
      assertThat(column.find(new int[] {25})).isEqualTo(22);
    }
  }

  @Test
  void endsAWalkWhereTheQuestionIsSentBack() throws Exception {
    Oid last = FIRST.append(25);
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) ->
            peer.send(
                request.varbinds().getFirst().oid().equals(id(last))
                    ? request.respond(0, 0, List.of(new Varbind(id(last), Value.Absent.NULL)))
                    : ScriptedAgent.honest(request, ScriptedAgent.table(ENTRY, 1, 25))))) {
      SnmpReply reply = read(agent, SnmpPlan.of(List.of(), List.of(FIRST)));

      assertThat(reply.failure()).isEmpty();
      assertThat(reply.values().get(FIRST).size()).isEqualTo(25);
      assertThat(reply.values().get(FIRST).complete()).isTrue();
    }
  }

  @Test
  void cutsAWalkOfRowsWithoutValuesAndWithoutEnd() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          ObjectId at = request.varbinds().getFirst().oid();
          int row = at.equals(id(FIRST)) ? 1 : at.last() + 1;
          ObjectId next = id(FIRST).append(row);
          peer.send(request.respond(0, 0, List.of(new Varbind(next, Value.Absent.NULL))));
        })) {
      SnmpReply reply = read(agent, SnmpPlan.of(List.of(), List.of(FIRST)));

      assertThat(reply.failure().orElseThrow().detail()).contains("no end of " + FIRST);
      assertThat(reply.values().get(FIRST).complete()).isFalse();
    }
  }

  @Test
  void readsTheRowsBeforeOneThatTheDeviceCannotGive() throws Exception {
    Oid second = Oid.parse(ENTRY + ".2");
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          Message honest = ScriptedAgent.honest(request, MIB);
          List<ObjectId> given = honest.varbinds().stream().map(Varbind::oid).toList();
          int bad = given.indexOf(id(FIRST.append(17)));
          int columns = request.varbinds().size();
          peer.send(bad < 0 ? honest : request.respond(5, bad % columns + 1, request.varbinds()));
        })) {
      SnmpReply reply = read(agent, SnmpPlan.of(List.of(), List.of(FIRST, second)));

      assertThat(reply.failure().orElseThrow().detail()).contains("genErr");
      assertThat(reply.values().get(FIRST).size()).isEqualTo(16);
      assertThat(reply.values().get(FIRST).complete()).isFalse();
      assertThat(reply.values().get(second).size()).isEqualTo(25);
      assertThat(reply.values().get(second).complete()).isTrue();
      assertThat(agent.requests()).hasSizeLessThan(20);
    }
  }

  private static NavigableMap<ObjectId, Value> scalars(int count) {
    NavigableMap<ObjectId, Value> mib = new TreeMap<>();
    for (int i = 1; i <= count; i++) {
      mib.put(ObjectId.parse(ENTRY).append(i, 0), Value.gauge32(i));
    }
    return mib;
  }

  private static List<Oid> oids(NavigableMap<ObjectId, Value> mib) {
    return mib.keySet().stream().map(oid -> Oid.parse(oid.toString())).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 20, 40})
  void readsTheValuesBesideOneThatIsMalformed(int culprit) throws Exception {
    NavigableMap<ObjectId, Value> mib = scalars(40);
    Oid bad = Oid.parse(ENTRY).append(culprit).append(0);
    mib.put(id(bad), new Value.Octets(Ber.GAUGE32, new byte[12]));
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> peer.send(ScriptedAgent.honest(request, mib)))) {
      SnmpReply reply = read(agent, SnmpPlan.of(oids(mib), List.of(FIRST.append(9))));

      assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Broken.class);
      assertThat(reply.failure().orElseThrow().detail()).contains("malformed");
      assertThat(reply.values()).hasSize(40).doesNotContainKey(bad);
      assertThat(reply.values().get(FIRST.append(9)).complete()).isTrue();
      assertThat(agent.requests()).hasSizeLessThan(20);
    }
  }

  @Test
  void readsTheValuesBesideOneThatComesUnderAnotherName() throws Exception {
    NavigableMap<ObjectId, Value> mib = scalars(40);
    ObjectId bad = ObjectId.parse(ENTRY).append(11, 0);
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          List<Varbind> answer = new ArrayList<>(ScriptedAgent.honest(request, mib).varbinds());
          answer.replaceAll(
              one -> one.oid().equals(bad) ? new Varbind(bad.append(0), one.value()) : one);
          peer.send(request.respond(0, 0, answer));
        })) {
      SnmpReply reply = read(agent, SnmpPlan.of(oids(mib), List.of()));

      assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Broken.class);
      assertThat(reply.values()).hasSize(39).doesNotContainKey(Oid.parse(bad.toString()));
      assertThat(agent.requests()).hasSizeLessThan(40);
    }
  }

  @Test
  void readsTheColumnsBesideOneWithAMalformedValue() throws Exception {
    NavigableMap<ObjectId, Value> mib = ScriptedAgent.table(ENTRY, 3, 100);
    Oid second = Oid.parse(ENTRY + ".2");
    mib.put(id(second.append(30)), new Value.Octets(Ber.GAUGE32, new byte[12]));
    List<Oid> columns = List.of(FIRST, second, Oid.parse(ENTRY + ".3"));
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> peer.send(ScriptedAgent.honest(request, mib)))) {
      SnmpReply reply = read(agent, SnmpPlan.of(List.of(), columns));

      assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Broken.class);
      assertThat(reply.values().get(FIRST).size()).isEqualTo(100);
      assertThat(reply.values().get(columns.getLast()).size()).isEqualTo(100);
      assertThat(reply.values().get(second).size()).isEqualTo(29);
      assertThat(reply.values().get(second).complete()).isFalse();
      assertThat(agent.requests()).hasSizeLessThan(50);
    }
  }

  @Test
  void givesUpADeviceThatSendsNothingThatCanBeUnderstood() throws Exception {
    NavigableMap<ObjectId, Value> mib = scalars(40);
    mib.replaceAll((oid, value) -> new Value.Octets(Ber.GAUGE32, new byte[12]));
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> peer.send(ScriptedAgent.honest(request, mib)))) {
      SnmpReply reply = read(agent, SnmpPlan.of(oids(mib), List.of()));

      assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Broken.class);
      assertThat(agent.requests()).hasSizeLessThan(25);
    }
  }

  private static int[][] rows(int count) {
    int[][] rows = new int[count][];
    Arrays.setAll(rows, row -> new int[] {row + 1});
    return rows;
  }

  private static ObjectId id(Oid oid) {
    return ObjectId.parse(oid.toString());
  }
}
