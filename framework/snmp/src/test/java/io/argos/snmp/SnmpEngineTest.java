package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.argos.config.SnmpConfig;
import io.argos.spi.Secret;
import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.PduType;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The engine against an agent that behaves as badly as each test says. */
class SnmpEngineTest {
  private static final String ENTRY = "1.3.6.1.4.1.99999.1.1";
  private static final Oid FIRST = Oid.parse(ENTRY + ".1");
  private static final Oid SECOND = Oid.parse(ENTRY + ".2");
  private static final Oid SCALAR = Oid.parse("1.3.6.1.2.1.1.3.0");
  private static final Oid OTHER_SCALAR = Oid.parse("1.3.6.1.2.1.1.5.0");
  private static final Secret COMMUNITY = new Secret("lab", Map.of("community", "public"));
  private static final SnmpCredential V2C = new SnmpCredential.V2c(COMMUNITY);
  private static final SnmpLimits LIMITS = new SnmpLimits(Duration.ofMillis(150), 2, 20, 4, 500);
  private static final NavigableMap<ObjectId, Value> MIB = mib();

  private final SnmpEngine engine =
      SnmpEngine.open(new SnmpConfig(Duration.ofMillis(150), 2, 20, 4, 500, 0, 1));

  @AfterEach
  void close() {
    engine.close();
  }

  private static NavigableMap<ObjectId, Value> mib() {
    NavigableMap<ObjectId, Value> mib = ScriptedAgent.table(ENTRY, 3, 33);
    mib.put(id(SCALAR), Value.timeTicks(4711));
    mib.put(id(OTHER_SCALAR), Value.text("core-1"));
    return mib;
  }

  private static ObjectId id(Oid oid) {
    return ObjectId.parse(oid.toString());
  }

  private SnmpReply read(ScriptedAgent agent, SnmpCredential credential, SnmpPlan plan)
      throws Exception {
    return engine
        .read(new SnmpTarget(agent.address(), credential, LIMITS), plan)
        .get(60, TimeUnit.SECONDS);
  }

  private SnmpReply walk(ScriptedAgent agent, Oid... columns) throws Exception {
    return read(agent, V2C, SnmpPlan.of(List.of(SCALAR), List.of(columns)));
  }

  private static void assertWhole(SnmpReply reply) {
    assertThat(reply.failure()).isEmpty();
    SnmpColumn second = reply.values().get(SECOND);
    assertThat(second.complete()).isTrue();
    assertThat(second.size()).isEqualTo(33);
    for (int row = 0; row < 33; row++) {
      assertThat(second.indexes()[row]).containsExactly(row + 1);
      assertThat(second.numbers()[row]).isEqualTo((row + 1) * 2L);
    }
  }

  @Test
  void walksColumnsToTheirEnds() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> peer.send(ScriptedAgent.honest(request, MIB)))) {
      SnmpReply reply = walk(agent, FIRST, SECOND);

      assertWhole(reply);
      assertThat(reply.values().get(SCALAR).numbers()).containsExactly(4711);
      assertThat(reply.requests()).isEqualTo(agent.requests().size());
    }
  }

  @Test
  void answersForAPlanThatNoExchangeCanHold() throws Exception {
    SnmpPlan.RowsPlan rows =
        new SnmpPlan.RowsPlan(Collections.nCopies(46_341, FIRST), new int[46_341][]);
    SnmpPlan plan = new SnmpPlan(List.of(), List.of(), List.of(rows));
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> peer.send(ScriptedAgent.honest(request, MIB)))) {
      SnmpReply reply = read(agent, V2C, plan);

      assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Broken.class);
      assertWhole(walk(agent, FIRST, SECOND));
    }
  }

  @Test
  void packsShortColumnsOnceTheirLengthIsKnown() throws Exception {
    NavigableMap<ObjectId, Value> mib = ScriptedAgent.table(ENTRY, 12, 3);
    Oid[] columns = new Oid[12];
    Arrays.setAll(columns, i -> Oid.parse(ENTRY).append(i + 1));
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> peer.send(ScriptedAgent.honest(request, mib)))) {
      SnmpPlan plan = SnmpPlan.of(List.of(), List.of(columns));

      SnmpReply first = read(agent, V2C, plan);
      SnmpReply second = read(agent, V2C, plan);

      assertThat(first.requests()).isEqualTo(2);
      assertThat(second.requests()).isEqualTo(1);
      assertThat(second.values().get(columns[11]).numbers()).containsExactly(12, 24, 36);
    }
  }

  @Test
  void doesNotAskForEverLessOfADeviceThatLosesSinglePackets() throws Exception {
    NavigableMap<ObjectId, Value> mib = ScriptedAgent.table(ENTRY, 24, 12);
    Oid[] columns = new Oid[24];
    Arrays.setAll(columns, i -> Oid.parse(ENTRY).append(i + 1));
    SnmpPlan plan = SnmpPlan.of(List.of(SCALAR), List.of(columns));
    mib.put(id(SCALAR), Value.timeTicks(4711));
    SnmpLimits hasty = new SnmpLimits(Duration.ofMillis(20), 2, 20, 4, 500);
    // Seeded: a quarter of all packets is lost, large and small ones alike.
    Random losses = new Random(11);
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          if (losses.nextDouble() >= 0.25) {
            peer.send(ScriptedAgent.honest(request, mib));
          }
        })) {
      SnmpTarget target = new SnmpTarget(agent.address(), V2C, hasty);
      List<Integer> requests = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        requests.add(engine.read(target, plan).get(60, TimeUnit.SECONDS).requests());
      }

      List<Integer> late = requests.subList(60, 120).stream().sorted().toList();
      assertThat(late.get(30)).as("requests of a read, %s", requests).isLessThanOrEqualTo(14);
    }
  }

  @Test
  void sharesTheIndexesOfNeighbours() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> peer.send(ScriptedAgent.honest(request, MIB)))) {
      SnmpReply reply = walk(agent, FIRST, SECOND);

      assertThat(reply.values().get(SECOND).indexes())
          .isSameAs(reply.values().get(FIRST).indexes());
    }
  }

  @Test
  void walksWithGetNextInVersionOne() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          Message honest = ScriptedAgent.honest(request, MIB);
          int gone =
              honest.varbinds().stream().map(v -> v.value().isPresent()).toList().indexOf(false);
          // RFC 1157: one missing name fails the whole request, which is sent back as it was.
          peer.send(gone < 0 ? honest : request.respond(2, gone + 1, request.varbinds()));
        })) {
      Oid missing = Oid.parse("1.3.6.1.2.1.1.4.0");
      Oid last = Oid.parse(ENTRY + ".3");
      SnmpPlan plan =
          SnmpPlan.of(List.of(SCALAR, missing, OTHER_SCALAR), List.of(FIRST, SECOND, last));

      SnmpReply reply = read(agent, new SnmpCredential.V1(COMMUNITY), plan);

      assertWhole(reply);
      assertThat(reply.values().get(last).size()).isEqualTo(33);
      assertThat(reply.values()).containsKeys(SCALAR, OTHER_SCALAR).doesNotContainKey(missing);
      assertThat(agent.requests()).noneMatch(request -> request.type() == PduType.GETBULK);
      assertThat(agent.requests()).allMatch(request -> request.version() == Message.V1);
    }
  }

  @Test
  void keepsTheWidthOfNumbersExact() throws Exception {
    NavigableMap<ObjectId, Value> mib = new TreeMap<>();
    mib.put(id(FIRST.append(1)), Value.counter64(-1L));
    mib.put(id(FIRST.append(2)), Value.counter64(Long.MIN_VALUE));
    mib.put(id(FIRST.append(3)), Value.counter32(0xFFFF_FFFFL));
    mib.put(id(FIRST.append(4)), Value.integer(Integer.MIN_VALUE));
    mib.put(id(FIRST.append(5)), Value.integer(-1));
    mib.put(id(FIRST.append(6)), Value.text(""));
    mib.put(id(FIRST.append(7)), Value.objectId(ObjectId.parse("2.999.4294967295")));
    mib.put(id(FIRST.append(8)), new Value.Octets(Value.TAG_IP_ADDRESS, new byte[] {10, 0, 0, 1}));
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> peer.send(ScriptedAgent.honest(request, mib)))) {
      SnmpColumn column =
          read(agent, V2C, SnmpPlan.of(List.of(), List.of(FIRST))).values().get(FIRST);

      assertThat(column.numbers())
          .containsExactly(-1, Long.MIN_VALUE, 0xFFFF_FFFFL, Integer.MIN_VALUE, -1, 0, 0, 0);
      assertThat(column.types())
          .containsExactly(
              SnmpType.COUNTER64,
              SnmpType.COUNTER64,
              SnmpType.COUNTER32,
              SnmpType.INTEGER,
              SnmpType.INTEGER,
              SnmpType.OCTETS,
              SnmpType.OID,
              SnmpType.IP_ADDRESS);
      assertThat(column.octets()[5]).isEmpty();
      assertThat(new String(column.octets()[6], java.nio.charset.StandardCharsets.US_ASCII))
          .isEqualTo("2.999.4294967295");
      assertThat(column.octets()[7]).containsExactly(10, 0, 0, 1);
    }
  }

  @Test
  void doesNotTakeAColumnForItsLongerNamesake() throws Exception {
    NavigableMap<ObjectId, Value> mib = new TreeMap<>();
    mib.put(ObjectId.parse(ENTRY + ".1.1"), Value.integer(1));
    mib.put(ObjectId.parse(ENTRY + ".10.1"), Value.integer(10));
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> peer.send(ScriptedAgent.honest(request, mib)))) {
      SnmpColumn column =
          read(agent, V2C, SnmpPlan.of(List.of(), List.of(FIRST))).values().get(FIRST);

      assertThat(column.numbers()).containsExactly(1);
      assertThat(column.complete()).isTrue();
    }
  }

  @Test
  void readsKnownRowsInPackedGets() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> peer.send(ScriptedAgent.honest(request, MIB)))) {
      int[][] indexes = {{1}, {7}, {99}};
      SnmpPlan plan =
          new SnmpPlan(
              List.of(SCALAR),
              List.of(),
              List.of(new SnmpPlan.RowsPlan(List.of(FIRST, SECOND), indexes)));

      SnmpReply reply = read(agent, V2C, plan);

      SnmpColumn second = reply.values().get(SECOND);
      assertThat(second.indexes()).isDeepEqualTo(new int[][] {{1}, {7}});
      assertThat(second.numbers()).containsExactly(2, 14);
      assertThat(second.types()).containsExactly(SnmpType.GAUGE32, SnmpType.GAUGE32);
      assertThat(second.complete()).isTrue();
      assertThat(agent.requests()).hasSize(1);
    }
  }

  @Test
  void asksForLessWhenTheAnswerIsTooBigAndRemembersIt() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          Message honest = ScriptedAgent.honest(request, MIB);
          peer.send(honest.varbinds().size() > 6 ? request.respond(1, 0, List.of()) : honest);
        })) {
      assertWhole(walk(agent, FIRST, SECOND));
      long tooBig = engine.counters().tooBig();
      assertWhole(walk(agent, FIRST, SECOND));

      assertThat(tooBig).isPositive();
      assertThat(engine.counters().tooBig()).isEqualTo(tooBig);
    }
  }

  @Test
  void goesOnFromWhereAnAnswerWasCut() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          Message honest = ScriptedAgent.honest(request, MIB);
          List<Varbind> most = honest.varbinds().subList(0, Math.min(5, honest.varbinds().size()));
          peer.send(request.respond(0, 0, most));
        })) {
      assertWhole(walk(agent, FIRST, SECOND));
    }
  }

  @Test
  void asksForLessWhenLargeAnswersGetLost() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          Message honest = ScriptedAgent.honest(request, MIB);
          if (honest.varbinds().size() <= 10) {
            peer.send(honest);
          }
        })) {
      assertWhole(walk(agent, FIRST, SECOND));
      long repeated = engine.counters().repetitions();
      assertWhole(walk(agent, FIRST, SECOND));

      assertThat(repeated).isPositive();
      assertThat(engine.counters().repetitions() - repeated).isLessThanOrEqualTo(repeated);
    }
  }

  @Test
  void cutsALoop() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          Message honest = ScriptedAgent.honest(request, MIB);
          ObjectId looping = id(FIRST);
          peer.send(
              request.respond(
                  0,
                  0,
                  honest.varbinds().stream()
                      .map(binding ->
                          binding.oid().startsWith(looping) && binding.oid().last() == 30
                              ? new Varbind(looping.append(2), binding.value())
                              : binding)
                      .toList()));
        })) {
      SnmpReply reply = walk(agent, FIRST, SECOND);

      assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Broken.class);
      assertThat(reply.failure().orElseThrow().detail())
          .contains("loop")
          .contains(FIRST.toString());
      assertThat(reply.values().get(FIRST).complete()).isFalse();
      assertThat(reply.values().get(FIRST).size()).isEqualTo(29);
      assertThat(reply.values().get(SECOND).complete()).isTrue();
      assertThat(engine.counters().cut()).isEqualTo(1);
    }
  }

  @Test
  void cutsAWalkWithoutEnd() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          ObjectId at = request.varbinds().getFirst().oid();
          int row = at.length() == FIRST.length() ? 0 : at.last();
          List<Varbind> rows =
              java.util.stream.IntStream.rangeClosed(row + 1, row + request.errorIndex())
                  .mapToObj(i -> new Varbind(id(FIRST).append(i), Value.integer(i)))
                  .toList();
          peer.send(request.respond(0, 0, rows));
        })) {
      SnmpReply reply = read(agent, V2C, SnmpPlan.of(List.of(), List.of(FIRST)));

      assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Broken.class);
      assertThat(reply.values().get(FIRST).size()).isEqualTo(LIMITS.maxRows());
      assertThat(reply.values().get(FIRST).complete()).isFalse();
    }
  }

  @Test
  void ignoresAndCountsWhatIsNoAnswerToItsQuestion() throws Exception {
    AtomicInteger turn = new AtomicInteger();
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          Message honest = ScriptedAgent.honest(request, MIB);
          Message forged =
              request.respond(0, 0, List.of(new Varbind(id(SCALAR), Value.timeTicks(666))));
          peer.send(forged.withRequestId(request.requestId() ^ 0x5555));
          peer.send(new byte[] {0x30, 0x7F, 1, 2, 3});
          peer.send(Arrays.copyOf(honest.encode(), honest.encode().length / 2));
          peer.sendFromElsewhere(forged);
          peer.send(
              request.respond(0, 0, List.of(new Varbind(id(OTHER_SCALAR), Value.timeTicks(666)))));
          if (turn.incrementAndGet() > 1) {
            peer.send(honest);
            peer.send(honest);
          }
        })) {
      SnmpReply reply = read(agent, V2C, SnmpPlan.of(List.of(SCALAR), List.of()));

      assertThat(reply.failure()).isEmpty();
      assertThat(reply.values().get(SCALAR).numbers()).containsExactly(4711);
      SnmpCounters counters = engine.counters();
      assertThat(counters.unknownIds()).isGreaterThanOrEqualTo(2);
      assertThat(counters.malformed()).isGreaterThanOrEqualTo(6);
      assertThat(counters.repetitions()).isEqualTo(1);
    }
  }

  @Test
  void ignoresAnswersFromAnotherPort() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent(
            (request, peer) -> peer.sendFromElsewhere(ScriptedAgent.honest(request, MIB)))) {
      SnmpReply reply = walk(agent, FIRST);

      assertThat(reply.failure())
          .hasValueSatisfying(failure ->
              assertThat(failure)
                  .isInstanceOfSatisfying(
                      SnmpFailure.NoAnswer.class,
                      silence -> assertThat(silence.answered()).isFalse()));
      assertThat(engine.counters().foreign()).isEqualTo(3);
    }
  }

  @Test
  void takesALateAnswerToAnEarlierPacketOfTheSameQuestion() throws Exception {
    AtomicReference<Message> former = new AtomicReference<>();
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          Message earlier = former.getAndSet(request);
          if (earlier != null) {
            peer.send(ScriptedAgent.honest(earlier, MIB));
          }
        })) {
      SnmpReply reply = read(agent, V2C, SnmpPlan.of(List.of(SCALAR), List.of()));

      assertThat(reply.failure()).isEmpty();
      assertThat(agent.requests()).hasSize(2);
      assertThat(agent.requests().get(0).requestId())
          .isEqualTo(agent.requests().get(1).requestId());
    }
  }

  @Test
  void keepsWhatWasReadWhenTheDeviceFallsSilent() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          if (ScriptedAgent.isGet(request)) {
            peer.send(ScriptedAgent.honest(request, MIB));
          }
        })) {
      SnmpReply reply = walk(agent, FIRST, SECOND);

      assertThat(reply.values().get(SCALAR).numbers()).containsExactly(4711);
      assertThat(reply.values().get(FIRST).complete()).isFalse();
      assertThat(reply.failure().orElseThrow())
          .isInstanceOfSatisfying(
              SnmpFailure.NoAnswer.class,
              silence -> {
                assertThat(silence.answered()).isTrue();
                assertThat(silence.attempts()).isEqualTo(3);
              });
    }
  }

  @Test
  void namesTheErrorOfADeviceAndReadsTheRest() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          List<ObjectId> asked = request.varbinds().stream().map(Varbind::oid).toList();
          int at = asked.indexOf(id(OTHER_SCALAR));
          peer.send(
              at < 0
                  ? ScriptedAgent.honest(request, MIB)
                  : request.respond(5, at + 1, request.varbinds()));
        })) {
      SnmpReply reply =
          read(agent, V2C, SnmpPlan.of(List.of(SCALAR, OTHER_SCALAR), List.of(FIRST)));

      assertThat(reply.failure().orElseThrow().detail()).contains("genErr");
      assertThat(reply.values()).containsKey(SCALAR).doesNotContainKey(OTHER_SCALAR);
      assertThat(reply.values().get(FIRST).complete()).isTrue();
    }
  }

  @Test
  void asksOneByOneWhenTheDeviceDoesNotSayWhichNameIsMissing() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          Message honest = ScriptedAgent.honest(request, MIB);
          boolean whole = honest.varbinds().stream().allMatch(v -> v.value().isPresent());
          peer.send(whole ? honest : request.respond(2, 0, request.varbinds()));
        })) {
      Oid missing = Oid.parse("1.3.6.1.2.1.1.4.0");

      SnmpReply reply =
          read(
              agent,
              new SnmpCredential.V1(COMMUNITY),
              SnmpPlan.of(List.of(SCALAR, missing, OTHER_SCALAR), List.of()));

      assertThat(reply.failure()).isEmpty();
      assertThat(reply.values()).containsOnlyKeys(SCALAR, OTHER_SCALAR);
    }
  }

  @Test
  void stopsAskingWhenCancelled() throws Exception {
    AtomicReference<CompletableFuture<SnmpReply>> pending = new AtomicReference<>();
    CountDownLatch known = new CountDownLatch(1);
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          awaitUnchecked(known);
          pending.get().cancel(false);
          peer.send(ScriptedAgent.honest(request, MIB));
        })) {
      SnmpTarget target = new SnmpTarget(agent.address(), V2C, LIMITS);
      pending.set(engine.read(target, SnmpPlan.of(List.of(SCALAR), List.of(FIRST, SECOND))));
      known.countDown();
      SnmpReply other = read(agent, V2C, SnmpPlan.of(List.of(OTHER_SCALAR), List.of()));

      assertThat(other.values()).containsKey(OTHER_SCALAR);
      assertThat(pending.get()).isCancelled();
      assertThat(agent.requests()).hasSize(2);
    }
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void readsOverIpv6() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent(
            InetAddress.getByName("::1"),
            (request, peer) -> peer.send(ScriptedAgent.honest(request, MIB)))) {
      assertWhole(walk(agent, FIRST, SECOND));
    } catch (java.net.BindException e) {
      org.junit.jupiter.api.Assumptions.abort("this machine has no IPv6");
    }
  }

  @Test
  void saysWhenAnAddressIsNotResolved() throws Exception {
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("core-1.example.net", 161);

    SnmpReply reply =
        engine
            .read(new SnmpTarget(nowhere, V2C, LIMITS), SnmpPlan.of(List.of(SCALAR), List.of()))
            .get(60, TimeUnit.SECONDS);

    assertThat(reply.failure()).containsInstanceOf(SnmpFailure.Unsendable.class);
    assertThat(reply.requests()).isZero();
  }

  @Test
  void refusesAnOidThatCannotBeAskedFor() {
    SnmpTarget target =
        new SnmpTarget(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), V2C, LIMITS);

    assertThatThrownBy(() -> engine.read(target, SnmpPlan.of(List.of(Oid.of(1)), List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // The fault that is to be survived.
  void endsTheExchangeThatFailsAndNoOther() throws Exception {
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> peer.send(ScriptedAgent.honest(request, MIB)))) {
      int[][] noIndex = {null};
      SnmpPlan faulty =
          new SnmpPlan(
              List.of(), List.of(), List.of(new SnmpPlan.RowsPlan(List.of(FIRST), noIndex)));

      SnmpReply failed = read(agent, V2C, faulty);

      assertThat(failed.failure()).containsInstanceOf(SnmpFailure.Broken.class);
      assertWhole(walk(agent, FIRST, SECOND));
    }
  }

  @Test
  void answersAnEmptyPlanAtOnce() throws Exception {
    try (ScriptedAgent agent = new ScriptedAgent((_, _) -> {})) {
      SnmpReply reply = read(agent, V2C, SnmpPlan.of(List.of(), List.of()));

      assertThat(reply).isEqualTo(new SnmpReply(Map.of(), java.util.Optional.empty(), 0));
    }
  }
}
