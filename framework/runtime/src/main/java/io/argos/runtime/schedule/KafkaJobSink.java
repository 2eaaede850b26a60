package io.argos.runtime.schedule;

import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.EventHeaders;
import io.argos.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Writes jobs and outcomes to their topics. Safe for use by any thread. */
final class KafkaJobSink implements JobSink {

  private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(5);

  /** Between two questions for a topic that is not there. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

  private final String stage;
  private final String scheduler;
  private final Topics topics;
  private final Producer<byte[], byte[]> producer;
  private final SchemaIds schemas;
  private final InstantSource clock;
  private final Duration delivery;
  private final RecordWriter<Outcome> outcomes;
  private final Map<String, RecordWriter<Job>> writers = new ConcurrentHashMap<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> askedAt = new ConcurrentHashMap<>();

  KafkaJobSink(
      String stage,
      String scheduler,
      Topics topics,
      Producer<byte[], byte[]> producer,
      SchemaIds schemas,
      InstantSource clock,
      Duration session) {
    this.stage = stage;
    this.scheduler = scheduler;
    this.topics = topics;
    this.producer = producer;
    this.schemas = schemas;
    this.clock = clock;
    this.delivery = deliveryWithin(session);
    this.outcomes = new RecordWriter<>(schemas, topics.outcomes(), Outcome.class);
  }

  /**
   * What the producer of a scheduler needs: a delivery that ends before ZooKeeper can have elected
   * somebody else. That alone is no fence, since a producer that was paused may still send what it
   * holds; agents drop what carries an older epoch.
   */
  static Map<String, Object> producerProperties(Duration session) {
    int millis = Math.toIntExact(deliveryWithin(session).toMillis());
    return Map.of(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        millis,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        Math.max(1, millis - 100),
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        Math.max(1, millis / 2),
        ProducerConfig.LINGER_MS_CONFIG,
        5);
  }

  private static Duration deliveryWithin(Duration session) {
    Duration most = session.multipliedBy(5).dividedBy(6);
    return most.compareTo(LONGEST_DELIVERY) < 0 ? most : LONGEST_DELIVERY;
  }

  @Override
  public boolean reaches(String zone) {
    String topic = topics.jobs(stage, zone);
    if (known.contains(topic)) {
      return true;
    }
    long now = System.nanoTime();
    Long asked = askedAt.get(topic);
    if (asked != null && now - asked < ASK_AGAIN.toNanos()) {
      return false;
    }
    try {
      if (!producer.partitionsFor(topic).isEmpty()) {
        known.add(topic);
        return true;
      }
    } catch (KafkaException e) {
      // Not there, or nobody to ask: both are no.
      askedAt.put(topic, System.nanoTime());
      return false;
    }
    askedAt.put(topic, now);
    return false;
  }

  @Override
  public Future<?> job(Job job) {
    String topic = topics.jobs(job.getStage(), job.getZone());
    try {
      byte[] value =
          writers
              .computeIfAbsent(topic, name -> new RecordWriter<>(schemas, name, Job.class))
              .write(job);
      return send(topic, job.getResourceId(), value, job.getJobId(), "io.argos.Job");
    } catch (KafkaException | SchemaException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public Future<?> outcome(Outcome outcome) {
    try {
      byte[] value = outcomes.write(outcome);
      String key = outcome.getResourceId();
      return send(topics.outcomes(), key, value, outcome.getJobId(), "io.argos.Outcome");
    } catch (KafkaException | SchemaException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public Duration patience() {
    return delivery.plusSeconds(1);
  }

  private Future<?> send(String topic, String key, byte[] value, String id, String type) {
    var record = new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
    Instant now = clock.instant();
    EventHeaders.set(record.headers(), id, type, scheduler, now);
    return producer.send(record);
  }
}
