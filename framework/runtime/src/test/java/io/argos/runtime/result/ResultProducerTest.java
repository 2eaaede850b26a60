package io.argos.runtime.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ResultProducerTest {
  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ResultProducer results = new ResultProducer(kafka, "agent-1", 10_000, meters);

  private final AtomicInteger interrupted = new AtomicInteger();

  private ProducerRecord<byte[], byte[]> record(int size) {
    return results.record(
        "polls",
        "s/a",
        new byte[size],
        "id-1",
        "PollResult",
        Instant.parse("2026-01-01T00:00:00Z"));
  }

  private void awaitHandedOver(int records) {
    await().until(() -> kafka.history().size() == records);
  }

  @Test
  void completesWhenTheBrokerHasTheRecord() throws InterruptedException {
    CompletableFuture<RecordMetadata> acknowledged = results.send(record(10));
    awaitHandedOver(1);
    assertThat(acknowledged).isNotDone();

    kafka.completeNext();

    assertThat(acknowledged).isCompleted();
    assertThat(results.unacknowledgedBytes()).isZero();
    assertThat(meters.counter("argos.results.sent", "topic", "polls").count()).isOne();
  }

  @Test
  void saysWhenARecordCouldNotBeDelivered() throws InterruptedException {
    CompletableFuture<RecordMetadata> acknowledged = results.send(record(10));
    awaitHandedOver(1);

    kafka.errorNext(new TimeoutException("away"));

    assertThat(acknowledged).isCompletedExceptionally();
    assertThat(results.unacknowledgedBytes()).isZero();
    assertThat(meters.counter("argos.results.failed", "topic", "polls").count()).isOne();
  }

  @Test
  void sendsOnAfterAnErrorOfTheClient() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    MockProducer<byte[], byte[]> unlucky =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> record, Callback callback) {
            if (asked.incrementAndGet() == 1) {
              throw new NoClassDefFoundError("as planned");
            }
            return super.send(record, callback);
          }
        };
    ResultProducer sender = new ResultProducer(unlucky, "agent-2", 10_000, meters);
    CompletableFuture<RecordMetadata> first = sender.send(record(10));
    await().until(first::isDone);

    CompletableFuture<RecordMetadata> second = sender.send(record(10));

    await().until(second::isDone);
    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompleted();
  }

  @Test
  void isBlockedWhileTooMuchIsUnacknowledged() throws InterruptedException {
    var _ = results.send(record(4_000));
    boolean early = results.blocked();
    var _ = results.send(record(4_000));
    awaitHandedOver(2);

    assertThat(early).isFalse();
    assertThat(results.blocked()).isTrue();
    kafka.completeNext();
    assertThat(results.blocked()).isFalse();
  }

  @Test
  void letsASendWaitForRoomUntilItIsInterruptedOrThereIsSome() throws Exception {
    var _ = results.send(record(9_000));
    awaitHandedOver(1);
    Thread impatient = Thread.ofVirtual().unstarted(() -> sendInterruptibly(9_000));
    Thread patient = Thread.ofVirtual().unstarted(() -> sendInterruptibly(9_000));
    impatient.start();
    patient.start();
    await().until(() -> impatient.getState() == Thread.State.WAITING);
    await().until(() -> patient.getState() == Thread.State.WAITING);

    impatient.interrupt();
    impatient.join();
    assertThat(interrupted).hasValue(1);
    kafka.completeNext();
    patient.join();

    awaitHandedOver(2);
    assertThat(interrupted).hasValue(1);
  }

  private void sendInterruptibly(int size) {
    try {
      var _ = results.send(record(size));
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
    }
  }

  @Test
  void failsTheRecordWhenTheProducerRefusesIt() throws InterruptedException {
    kafka.sendException = new IllegalStateException("closed");

    CompletableFuture<RecordMetadata> acknowledged = results.send(record(10));

    await().untilAsserted(() -> assertThat(acknowledged).isCompletedExceptionally());
    assertThat(results.unacknowledgedBytes()).isZero();
  }

  @Test
  void goesOnAfterAFaultOfTheProducer() throws InterruptedException {
    kafka.sendException = new IllegalArgumentException("as planned");
    CompletableFuture<RecordMetadata> refused = results.send(record(10));
    await().until(refused::isDone);
    kafka.sendException = null;

    CompletableFuture<RecordMetadata> acknowledged = results.send(record(10));
    awaitHandedOver(1);
    kafka.completeNext();

    assertThat(refused).isCompletedExceptionally();
    assertThat(acknowledged).isCompleted();
    assertThat(results.unacknowledgedBytes()).isZero();
  }

  @Test
  void offersARecordAgainThatTheProducerDidNotTakeInItsTime() throws InterruptedException {
    AtomicInteger offered = new AtomicInteger();
    MockProducer<byte[], byte[]> blind =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> record, Callback callback) {
            if (offered.incrementAndGet() < 3) {
              // As Kafka's producer does when it has no metadata within max.block.ms.
              callback.onCompletion(null, new TimeoutException("no metadata"));
              return CompletableFuture.failedFuture(new TimeoutException("no metadata"));
            }
            return super.send(record, callback);
          }
        };
    try (ResultProducer sighted = new ResultProducer(blind, "agent-1", 10_000, meters)) {
      CompletableFuture<RecordMetadata> acknowledged = sighted.send(record(10));

      await().untilAsserted(() -> assertThat(acknowledged).isCompleted());
      assertThat(offered).hasValue(3);
    }
  }

  @Test
  void failsWhatIsSentAfterItWasClosed() throws InterruptedException {
    results.close();

    CompletableFuture<RecordMetadata> acknowledged = results.send(record(10));

    await().untilAsserted(() -> assertThat(acknowledged).isCompletedExceptionally());
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
