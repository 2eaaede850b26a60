package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.SnmpConfig;
import io.argos.spi.Secret;
import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The time that an exchange has as a whole. */
class ExchangeTimeTest {
  private static final String ENTRY = "1.3.6.1.4.1.99999.1.1";
  private static final Oid FIRST = Oid.parse(ENTRY + ".1");
  private static final NavigableMap<ObjectId, Value> MIB = ScriptedAgent.table(ENTRY, 1, 400);
  private static final SnmpLimits LIMITS =
      new SnmpLimits(Duration.ofSeconds(20), 0, 10, 1, 10_000).within(Duration.ofMillis(300));

  private final SnmpEngine engine =
      SnmpEngine.open(new SnmpConfig(Duration.ofMillis(150), 2, 20, 4, 500, 0, 1));

  @AfterEach
  void close() {
    engine.close();
  }

  private SnmpReply read(ScriptedAgent agent) throws Exception {
    SnmpCredential credential =
        new SnmpCredential.V2c(new Secret("lab", Map.of("community", "public")));
    return engine
        .read(
            new SnmpTarget(agent.address(), credential, LIMITS),
            SnmpPlan.of(List.of(), List.of(FIRST)))
        .get(10, TimeUnit.SECONDS);
  }

  @Test
  void givesWhatWasReadWhenItIsOver() throws Exception {
    AtomicInteger answered = new AtomicInteger();
    try (ScriptedAgent agent =
        new ScriptedAgent((request, peer) -> {
          if (answered.incrementAndGet() <= 3) {
            peer.send(ScriptedAgent.honest(request, MIB));
          }
        })) {
      long began = System.nanoTime();

      SnmpReply reply = read(agent);

      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
      assertThat(reply.values().get(FIRST).complete()).isFalse();
      assertThat(reply.values().get(FIRST).size()).isEqualTo(30);
      assertThat(reply.failure().orElseThrow())
          .isInstanceOfSatisfying(
              SnmpFailure.NoAnswer.class, late -> assertThat(late.answered()).isTrue());
      assertThat(reply.failure().orElseThrow().detail())
          .contains("was not read to the end within PT0.3S");
    }
  }

  @Test
  void callsADeviceSilentThatHasSaidNothingWhenItIsOver() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedAgent agent = new ScriptedAgent((_, _) -> asked.countDown())) {
      SnmpReply reply = read(agent);

      assertThat(asked.getCount()).isZero();
      assertThat(reply.values().get(FIRST).size()).isZero();
      assertThat(reply.failure().orElseThrow())
          .isInstanceOfSatisfying(
              SnmpFailure.NoAnswer.class, late -> assertThat(late.answered()).isFalse());
    }
  }
}
