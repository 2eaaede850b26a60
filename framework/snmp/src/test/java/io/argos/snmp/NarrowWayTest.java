package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.SnmpConfig;
import io.argos.spi.Secret;
import io.argos.testing.ber.Message;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device whose large answers no longer come through, as behind a tunnel that has taken over. */
class NarrowWayTest {
  private static final String ENTRY = "1.3.6.1.4.1.99999.1.1";
  private static final Oid SCALAR = Oid.parse("1.3.6.1.2.1.1.3.0");
  private static final int ROWS = 300;
  private static final SnmpPlan PLAN =
      SnmpPlan.of(List.of(SCALAR), List.of(Oid.parse(ENTRY + ".1"), Oid.parse(ENTRY + ".2")));
  private static final SnmpLimits LIMITS = new SnmpLimits(Duration.ofMillis(50), 2, 40, 1, 500);

  private final AtomicInteger width = new AtomicInteger(Integer.MAX_VALUE);
  private final NavigableMap<ObjectId, Value> mib = ScriptedAgent.table(ENTRY, 2, ROWS);
  private final SnmpEngine engine =
      SnmpEngine.open(new SnmpConfig(Duration.ofMillis(50), 2, 40, 1, 500, 0, 1));
  private ScriptedAgent agent;

  @BeforeEach
  void start() throws Exception {
    mib.put(ObjectId.parse(SCALAR.toString()), Value.timeTicks(4711));
    agent =
        new ScriptedAgent((request, peer) -> {
          Message honest = ScriptedAgent.honest(request, mib);
          if (honest.varbinds().size() <= width.get()) {
            peer.send(honest);
          }
        });
  }

  @AfterEach
  void close() {
    engine.close();
    agent.close();
  }

  private SnmpReply read(SnmpLimits limits, SnmpPlan plan) throws Exception {
    SnmpCredential credential =
        new SnmpCredential.V2c(new Secret("lab", Map.of("community", "public")));
    return engine
        .read(new SnmpTarget(agent.address(), credential, limits), plan)
        .get(60, TimeUnit.SECONDS);
  }

  private Optional<SnmpFailure> failureAfter(int polls, SnmpLimits limits) throws Exception {
    for (int i = 1; i < polls; i++) {
      read(limits, PLAN);
    }
    return read(limits, PLAN).failure();
  }

  @Test
  void isReadWholeAgainWhenEvenHalfOfAnAnswerGetsLost() throws Exception {
    assertThat(failureAfter(3, LIMITS)).isEmpty();

    width.set(10);

    assertThat(failureAfter(4, LIMITS)).isEmpty();
  }

  @Test
  void isReadThoughItsFirstRequestIsTooLargeForIt() throws Exception {
    int[][] indexes = new int[100][];
    Arrays.setAll(indexes, row -> new int[] {row + 1});
    SnmpPlan.RowsPlan rows = new SnmpPlan.RowsPlan(List.of(Oid.parse(ENTRY + ".1")), indexes);
    SnmpPlan known = new SnmpPlan(List.of(SCALAR), List.of(), List.of(rows));
    SnmpPlan probe = SnmpPlan.of(List.of(SCALAR), List.of());
    width.set(10);

    read(LIMITS, probe);
    assertThat(read(LIMITS, known).failure()).containsInstanceOf(SnmpFailure.NoAnswer.class);
    read(LIMITS, probe);

    assertThat(read(LIMITS, known).failure()).isEmpty();
  }

  @Test
  void isReadThoughTheTimeOfAPollIsTooShortForAllRepetitions() throws Exception {
    SnmpLimits slow = new SnmpLimits(Duration.ofMillis(400), 5, 40, 1, 500);
    int[][] indexes = new int[100][];
    Arrays.setAll(indexes, row -> new int[] {row + 1});
    SnmpPlan.RowsPlan rows = new SnmpPlan.RowsPlan(List.of(Oid.parse(ENTRY + ".1")), indexes);
    SnmpPlan known = new SnmpPlan(List.of(SCALAR), List.of(), List.of(rows));
    SnmpPlan probe = SnmpPlan.of(List.of(SCALAR), List.of());
    width.set(20);
    List<Optional<SnmpFailure>> failures = new ArrayList<>();

    for (int i = 0; i < 5; i++) {
      read(slow, probe);
      failures.add(read(slow.within(Duration.ofMillis(1_000)), known).failure());
    }

    assertThat(failures.getFirst()).containsInstanceOf(SnmpFailure.NoAnswer.class);
    assertThat(failures).contains(Optional.empty());
  }

  @Test
  void isReadWholeAgainWithinTheTimeOfAPollWhenHalfOfAnAnswerComesThrough() throws Exception {
    assertThat(failureAfter(3, LIMITS)).isEmpty();

    width.set(20);

    assertThat(failureAfter(4, LIMITS.within(Duration.ofMillis(1_000)))).isEmpty();
  }
}
