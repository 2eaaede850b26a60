package io.argos.runtime.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ResultProducerTest {
  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ResultProducer results = new ResultProducer(kafka, "agent-1", 10_000, meters);

  private ProducerRecord<byte[], byte[]> record(int size) {
    return results.record(
        "polls",
        "s/a",
        new byte[size],
        "id-1",
        "PollResult",
        Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void completesWhenTheBrokerHasTheRecord() throws InterruptedException {
    CompletableFuture<RecordMetadata> acknowledged = results.send(record(10));
    assertThat(acknowledged).isNotDone();

    kafka.completeNext();

    assertThat(acknowledged).isCompleted();
    assertThat(results.unacknowledgedBytes()).isZero();
    assertThat(meters.counter("argos.results.sent", "topic", "polls").count()).isOne();
  }

  @Test
  void saysWhenARecordCouldNotBeDelivered() throws InterruptedException {
    CompletableFuture<RecordMetadata> acknowledged = results.send(record(10));

    kafka.errorNext(new TimeoutException("away"));

    assertThat(acknowledged).isCompletedExceptionally();
    assertThat(results.unacknowledgedBytes()).isZero();
    assertThat(meters.counter("argos.results.failed", "topic", "polls").count()).isOne();
  }

  @Test
  void isBlockedWhileTooMuchIsUnacknowledged() throws InterruptedException {
    var _ = results.send(record(4_000));
    boolean early = results.blocked();
    var _ = results.send(record(4_000));

    assertThat(early).isFalse();
    assertThat(results.blocked()).isTrue();
    kafka.completeNext();
    assertThat(results.blocked()).isFalse();
  }

  @Test
  void failsTheRecordWhenTheProducerRefusesIt() throws InterruptedException {
    kafka.sendException = new IllegalStateException("closed");

    CompletableFuture<RecordMetadata> acknowledged = results.send(record(10));

    assertThat(acknowledged).isCompletedExceptionally();
    assertThat(results.unacknowledgedBytes()).isZero();
  }

  @Test
  void passesAnInterruptOn() {
    kafka.sendException = new InterruptException("interrupted");

    assertThatThrownBy(() -> results.send(record(10))).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(results.unacknowledgedBytes()).isZero();
  }

  @Test
  void setsTheHeadersOfEveryRecord() {
    ProducerRecord<byte[], byte[]> record = record(1);

    assertThat(new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
        .isEqualTo("id-1");
    assertThat(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
        .isEqualTo("io.argos.PollResult");
    assertThat(new String(record.headers().lastHeader("ce_source").value(), StandardCharsets.UTF_8))
        .isEqualTo("agent-1");
  }
}
