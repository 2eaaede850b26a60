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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * The producer of all results and outcomes of a process. Memory is bounded by that of the producer:
 * a send waits while it is full, and {@link #blocked} says so early enough for agents to start
 * nothing more. Safe for use by any thread.
 */
public final class ResultProducer implements AutoCloseable {
  /** Rough size of a record's headers and of the producer's own notes about it. */
  private static final int RECORD_OVERHEAD = 320;

  /** So many threads that wait inside a send mean that the producer takes nothing. */
  private static final int STUCK_SENDS = 32;

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final String source;
  private final long highWater;
  private final MeterRegistry meters;
  private final AtomicLong unacknowledged = new AtomicLong();
  private final AtomicInteger sending = new AtomicInteger();
  private final ConcurrentMap<String, TopicMeters> byTopic = new ConcurrentHashMap<>();

  private record TopicMeters(Counter sent, Counter bytes, Counter failed) {}

  /**
   * Takes over a producer, and closes it in the end.
   *
   * @param producer producer with acks=all and idempotence
   * @param source name of this instance, which the headers of every record carry
   * @param bufferMemory memory of the producer in bytes
   */
  public ResultProducer(
      Producer<byte[], byte[]> producer, String source, long bufferMemory, MeterRegistry meters) {
    this.producer = producer;
    this.source = source;
    this.highWater = bufferMemory / 4 * 3;
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
   * Sends a record; blocks while the producer is full.
   *
   * @return completes when all replicas have it, exceptionally when it could not be delivered
   */
  public CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record)
      throws InterruptedException {
    CompletableFuture<RecordMetadata> acknowledged = new CompletableFuture<>();
    TopicMeters topic = byTopic.computeIfAbsent(record.topic(), this::metersOf);
    int size = sizeOf(record);
    unacknowledged.addAndGet(size);
    sending.incrementAndGet();
    try {
      producer.send(
          record,
          (metadata, error) -> {
            unacknowledged.addAndGet(-size);
            if (error == null) {
              topic.sent().increment();
              topic.bytes().increment(size);
              acknowledged.complete(metadata);
            } else {
              topic.failed().increment();
              acknowledged.completeExceptionally(error);
            }
          });
    } catch (InterruptException e) {
      unacknowledged.addAndGet(-size);
      // Kafka's exception has set the flag; ours replaces it.
      Thread.interrupted();
      InterruptedException interrupted = new InterruptedException("interrupted while sending");
      interrupted.initCause(e);
      throw interrupted;
    } catch (KafkaException | IllegalStateException e) {
      unacknowledged.addAndGet(-size);
      topic.failed().increment();
      acknowledged.completeExceptionally(e);
    } finally {
      sending.decrementAndGet();
    }
    return acknowledged;
  }

  /** True while so much is unacknowledged that no new work should be started. */
  public boolean blocked() {
    return unacknowledged.get() >= highWater || sending.get() >= STUCK_SENDS;
  }

  /** Bytes sent and not yet acknowledged. */
  public long unacknowledgedBytes() {
    return unacknowledged.get();
  }

  /** Sends what is held, within ten seconds, and closes the producer. */
  @Override
  public void close() {
    producer.close(CLOSE_WAIT);
  }

  private TopicMeters metersOf(String topic) {
    return new TopicMeters(
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
