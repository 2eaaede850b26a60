package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Request;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.SchemaException;
import io.argos.spi.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RetriedRunnerTest {
  private final LocalSchemas schemas = new LocalSchemas();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final ResultProducer results =
      new ResultProducer(producer, "agent-1", 1 << 20, new SimpleMeterRegistry());

  private static Job job() {
    return TestJobs.of("s/a")
        .dueAt(Instant.now())
        .interval(Duration.ofMillis(600))
        .expires(Duration.ofHours(1))
        .job();
  }

  private RetriedRunner around(JobRunner runner) {
    return new RetriedRunner(runner, results, schemas, "requests", InstantSource.system());
  }

  private static final class NoSession implements JobSession {
    @Override
    public Run run() {
      throw new IllegalStateException("not asked for");
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record) {
      throw new IllegalStateException("not asked for");
    }
  }

  @Test
  void asksForARetryOfWhatLackedItsSecret() throws Exception {
    try (RetriedRunner runner = around((_, _) -> JobEnd.failed("secret", "there is none"))) {
      JobEnd end = runner.run(job(), new NoSession());

      assertThat(end.cause()).isEqualTo("secret");
      await().until(() -> producer.history().size() == 1);
    }
    assertThat(producer.history().getFirst().topic()).isEqualTo("requests");
    assertThat(
            new RecordReader<>(schemas, Request.class).read(producer.history().getFirst().value()))
        .isInstanceOfSatisfying(
            Decoded.Value.class,
            value -> assertThat(((Request) value.record()).getReason()).isEqualTo(JobReason.RETRY));
  }

  @Test
  void takesARegistryOutOfReachForACauseOfOurs() throws Exception {
    JobRunner failing =
        (_, _) -> {
          throw new SchemaException(SchemaException.Reason.UNREACHABLE, "out of reach");
        };
    try (RetriedRunner runner = around(failing)) {
      JobEnd end = runner.run(job(), new NoSession());

      assertThat(end).isEqualTo(JobEnd.failed("registry", "the schema registry: out of reach"));
      await().until(() -> producer.history().size() == 1);
    }
  }

  @Test
  void asksForNoRetryOfWhatTheDeviceRefused() throws Exception {
    try (RetriedRunner runner =
        around((job, _) ->
            job.getPlugin().equals("snmp")
                ? JobEnd.failed("no-answer", "silence")
                : JobEnd.failed("secret", "there is none"))) {
      var _ = runner.run(job(), new NoSession());
      Job marker = job();
      marker.setPlugin("marker");
      var _ = runner.run(marker, new NoSession());

      await().until(() -> producer.history().size() == 1);
    }
    assertThat(
            new RecordReader<>(schemas, Request.class).read(producer.history().getFirst().value()))
        .isInstanceOfSatisfying(
            Decoded.Value.class,
            value -> assertThat(((Request) value.record()).getPlugin()).isEqualTo("marker"));
  }
}
