package io.argos.runtime.result;

import io.argos.schemas.topic.EventHeaders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The producer of all results and outcomes of a process. What is not yet acknowledged is bounded: a
 * send waits while there is too much of it, and {@link #blocked} says so early enough for agents to
 * start nothing more. While the brokers are out of reach records are kept as far as the bound goes;
 * nobody waits for the producer itself. Safe for use by any thread.
 */
public final class ResultProducer implements AutoCloseable {
  /** Rough size of a record's headers and of the producer's own notes about it. */
  private static final int RECORD_OVERHEAD = 320;

  /**
   * After so long without an acknowledgement nothing new is begun: the rest of the delivery timeout
   * is for what is held already.
   */
  private static final Duration STALLED_AFTER = Duration.ofSeconds(60);

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final String source;
  private final long bound;
  private final MeterRegistry meters;
  private final AtomicLong unacknowledged = new AtomicLong();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Object room = new Object();
  private final ConcurrentMap<String, Way> ways = new ConcurrentHashMap<>();
  private volatile long lastProgress = System.nanoTime();

  private record Way(SendLane lane, Counter sent, Counter bytes, Counter failed) {}

  /**
   * Takes over a producer, and closes it in the end.
   *
   * @param producer producer with acks=all and idempotence
   * @param source name of this instance, which the headers of every record carry
   * @param bufferMemory bytes that may be unacknowledged, at most the memory of the producer
   */
  public ResultProducer(
      Producer<byte[], byte[]> producer, String source, long bufferMemory, MeterRegistry meters) {
    this.producer = producer;
    this.source = source;
    this.bound = bufferMemory;
    this.meters = meters;
    Gauge.builder("argos.results.unacknowledged.bytes", unacknowledged, AtomicLong::get)
        .description("Bytes of records sent and not yet acknowledged")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("argos.results.blocked", this, self -> self.blocked() ? 1 : 0)
        .description("1 while results cannot be sent and no job is started")
        .register(meters);
  }

  /**
   * A record with its headers.
   *
   * @param id deterministic id of the event
   * @param type type of the record, its simple name
   * @param time when what it tells happened
   */
  public ProducerRecord<byte[], byte[]> record(
      String topic, String key, byte @Nullable [] value, String id, String type, Instant time) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
    EventHeaders.set(record.headers(), id, "io.argos." + type, source, time);
    return record;
  }

  /** Name of this instance, as in the headers. */
  public String source() {
    return source;
  }

  /**
   * Sends a record; blocks while too much is unacknowledged.
   *
   * @return completes when all replicas have it, exceptionally when it could not be delivered
   */
  public CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record)
      throws InterruptedException {
    int size = sizeOf(record);
    awaitRoom(size);
    Way way = ways.computeIfAbsent(record.topic(), this::wayOf);
    CompletableFuture<RecordMetadata> acknowledged = new CompletableFuture<>();
    CompletableFuture<RecordMetadata> settled =
        acknowledged.whenComplete((_, error) -> settled(way, size, error));
    way.lane().send(record, acknowledged);
    return settled;
  }

  private void awaitRoom(int size) throws InterruptedException {
    if (tookRoom(size)) {
      return;
    }
    synchronized (room) {
      waiting.incrementAndGet();
      try {
        while (!tookRoom(size)) {
          room.wait();
        }
      } finally {
        waiting.decrementAndGet();
      }
    }
  }

  /** A record above the bound goes alone. */
  private boolean tookRoom(int size) {
    long before = unacknowledged.get();
    while (before == 0 || before + size <= bound) {
      if (unacknowledged.compareAndSet(before, before + size)) {
        if (before == 0) {
          lastProgress = System.nanoTime();
        }
        return true;
      }
      before = unacknowledged.get();
    }
    return false;
  }

  private void settled(Way way, int size, @Nullable Throwable error) {
    unacknowledged.addAndGet(-size);
    if (error == null) {
      lastProgress = System.nanoTime();
      way.sent().increment();
      way.bytes().increment(size);
    } else {
      way.failed().increment();
    }
    if (waiting.get() > 0) {
      synchronized (room) {
        room.notifyAll();
      }
    }
  }

  /** True while so much is unacknowledged, or for so long, that no new work should be started. */
  public boolean blocked() {
    long bytes = unacknowledged.get();
    return bytes >= bound / 4 * 3
        || (bytes > 0 && System.nanoTime() - lastProgress > STALLED_AFTER.toNanos());
  }

  /** Bytes sent and not yet acknowledged. */
  public long unacknowledgedBytes() {
    return unacknowledged.get();
  }

  /** Sends what is held, within ten seconds, and closes the producer. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + CLOSE_WAIT.toNanos();
    awaitSettled(deadline);
    ways.values().forEach(way -> way.lane().close());
    producer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
  }

  private void awaitSettled(long deadline) {
    synchronized (room) {
      waiting.incrementAndGet();
      try {
        for (long left = deadline - System.nanoTime();
            unacknowledged.get() > 0 && left > 0;
            left = deadline - System.nanoTime()) {
          room.wait(left / 1_000_000 + 1);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        waiting.decrementAndGet();
      }
    }
  }

  private Way wayOf(String topic) {
    return new Way(
        new SendLane(producer, topic),
        Counter.builder("argos.results.sent")
            .description("Records acknowledged")
            .tag("topic", topic)
            .register(meters),
        Counter.builder("argos.results.sent.bytes")
            .description("Bytes of records acknowledged, before compression")
            .baseUnit("bytes")
            .tag("topic", topic)
            .register(meters),
        Counter.builder("argos.results.failed")
            .description("Records that could not be delivered")
            .tag("topic", topic)
            .register(meters));
  }

  private static int sizeOf(ProducerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    byte[] key = record.key();
    return (value == null ? 0 : value.length) + (key == null ? 0 : key.length) + RECORD_OVERHEAD;
  }
}
