package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.Heartbeat;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class HeartbeatWriterTest {

  @Test
  void saysHowTheAgentStandsAgainAndAgain() {
    LocalSchemas schemas = new LocalSchemas();
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    ResultProducer results =
        new ResultProducer(producer, "agent-1", 1 << 20, new SimpleMeterRegistry());
    try (HeartbeatWriter heart =
        new HeartbeatWriter(
            new HeartbeatWriter.Self(
                "agent-1", "polling", "main", "heartbeats", Duration.ofMillis(20), "0.1"),
            results,
            schemas,
            () -> new AgentStatus(512, 3, 40, 2, 1, 4, 7, false, false, 900, 42, List.of("x")),
            () -> true,
            () -> false,
            new ClockSkew(Duration.ofSeconds(10)),
            InstantSource.system())) {
      heart.start();

      await().until(() -> producer.history().size() >= 2);
    }
    assertThat(
            new RecordReader<>(schemas, Heartbeat.class)
                .read(producer.history().getFirst().value()))
        .isInstanceOfSatisfying(
            Decoded.Value.class,
            value -> {
              Heartbeat heartbeat = (Heartbeat) value.record();
              assertThat(heartbeat.getCapacity()).isEqualTo(512);
              assertThat(heartbeat.getRunning()).isEqualTo(3);
              assertThat(heartbeat.getQueued()).isEqualTo(40);
              assertThat(heartbeat.getLate()).isEqualTo(2);
              assertThat(heartbeat.getPartitions()).isEqualTo(4);
              assertThat(heartbeat.getLeaked()).isOne();
              assertThat(heartbeat.getRanLately()).isEqualTo(900);
              assertThat(heartbeat.getMeanRunMillis()).isEqualTo(42);
              assertThat(heartbeat.getBlocked()).isFalse();
              assertThat(heartbeat.getQuarantined()).containsExactly("x");
              assertThat(heartbeat.getLeader()).isTrue();
              assertThat(heartbeat.getReady()).isFalse();
              assertThat(heartbeat.getUsedMemory()).isPositive();
            });
  }

  @Test
  void beatsOnAfterAFaultInWhatItTells() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    ResultProducer results =
        new ResultProducer(producer, "agent-1", 1 << 20, new SimpleMeterRegistry());
    AtomicInteger asked = new AtomicInteger();
    try (HeartbeatWriter heart =
        new HeartbeatWriter(
            new HeartbeatWriter.Self(
                "agent-1", "polling", "main", "heartbeats", Duration.ofMillis(20), "0.1"),
            results,
            new LocalSchemas(),
            () -> {
              switch (asked.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("as planned");
                case 2 -> throw new NoClassDefFoundError("as planned");
                default -> {}
              }
              return new AgentStatus(512, 3, 40, 2, 1, 4, 7, false, false, 900, 42, List.of());
            },
            () -> true,
            () -> false,
            new ClockSkew(Duration.ofSeconds(10)),
            InstantSource.system())) {
      heart.start();

      await().until(() -> !producer.history().isEmpty());
    }
    assertThat(asked).hasValueGreaterThanOrEqualTo(3);
  }

  @Test
  void complainsOfAClockThatIsTooFarFromTheBrokers() {
    ClockSkew skew = new ClockSkew(Duration.ofSeconds(10));

    skew.measure(100_000, 100_004, 100_010);
    assertThat(skew.ahead()).hasValue(Duration.ofMillis(1));
    assertThat(skew.trouble()).isEmpty();

    skew.measure(100_000, 130_000, 100_010);
    assertThat(skew.trouble())
        .hasValue("this machine's clock is PT29.995S behind the broker's, more than PT10S");
  }

  @Test
  void learnsNothingFromAnAnswerThatTookTooLong() {
    ClockSkew skew = new ClockSkew(Duration.ofSeconds(10));

    skew.measure(100_000, 130_000, 145_000);

    assertThat(skew.ahead()).isEmpty();
  }
}
