package io.argos.runtime.agent;

import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.Outcome;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.topic.HashId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes outcomes from a thread of its own, so that nobody else waits for a full producer, and
 * again until each is acknowledged: before that its offset is not committed. What it holds is
 * bounded by the jobs that the agent holds.
 */
final class OutcomeWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OutcomeWriter.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Duration SAY_AGAIN_AFTER = Duration.ofMinutes(1);

  /** One outcome on its way. */
  private static final class Pending implements Delayed {
    private final Outcome outcome;
    private final Runnable acknowledged;
    private final long at;

    Pending(Outcome outcome, Runnable acknowledged, long at) {
      this.outcome = outcome;
      this.acknowledged = acknowledged;
      this.at = at;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return other instanceof Pending pending ? Long.compare(at - pending.at, 0) : 0;
    }
  }

  private final String topic;
  private final ResultProducer results;
  private final RecordWriter<Outcome> writer;
  private final DelayQueue<Pending> queue = new DelayQueue<>();
  private final Object lock = new Object();
  private final Thread thread;
  private int unacknowledged;
  private volatile @Nullable Instant lastSaid;

  OutcomeWriter(
      String threadName, String topic, ResultProducer results, RecordWriter<Outcome> writer) {
    this.topic = topic;
    this.results = results;
    this.writer = writer;
    this.thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Writes an outcome soon; the action is run once it is acknowledged, and must not block. */
  void write(Outcome outcome, Runnable acknowledged) {
    synchronized (lock) {
      unacknowledged++;
    }
    queue.add(new Pending(outcome, acknowledged, System.nanoTime()));
  }

  /** Outcomes not yet acknowledged. */
  int unacknowledged() {
    synchronized (lock) {
      return unacknowledged;
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        send(queue.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Pending pending) throws InterruptedException {
    CompletableFuture<RecordMetadata> sent;
    try {
      sent = results.send(recordOf(pending.outcome));
    } catch (RuntimeException | Error e) {
      // The registry is out of reach; or a fault of ours, which must not end this loop.
      again(pending, e);
      return;
    }
    var _ =
        sent.whenComplete((_, error) -> {
          if (error == null) {
            acknowledged(pending);
          } else {
            again(pending, error);
          }
        });
  }

  private void acknowledged(Pending pending) {
    try {
      pending.acknowledged.run();
    } finally {
      synchronized (lock) {
        unacknowledged--;
        lock.notifyAll();
      }
    }
  }

  private void again(Pending pending, Throwable error) {
    Instant said = lastSaid;
    Instant now = Instant.now();
    if (said == null || said.plus(SAY_AGAIN_AFTER).isBefore(now)) {
      lastSaid = now;
      log.warn("outcome not written, tried again until it is topic={} why=\"{}\"", topic, error);
    }
    queue.add(
        new Pending(
            pending.outcome, pending.acknowledged, System.nanoTime() + RETRY_AFTER.toNanos()));
  }

  private ProducerRecord<byte[], byte[]> recordOf(Outcome outcome) {
    String id =
        HashId.of(
            outcome.getJobId(),
            outcome.getAgent(),
            outcome.getStatus().name(),
            String.valueOf(outcome.getStartedAt()));
    Instant started = outcome.getStartedAt();
    return results.record(
        topic,
        outcome.getResourceId(),
        writer.write(outcome),
        id,
        "Outcome",
        started == null ? outcome.getDueAt() : started.plusMillis(outcome.getDurationMillis()));
  }

  /** Waits that long for acknowledgements, then stops. */
  void close(Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    synchronized (lock) {
      for (long left = wait.toNanos();
          unacknowledged > 0 && left > 0;
          left = deadline - System.nanoTime()) {
        lock.wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    }
    close();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
