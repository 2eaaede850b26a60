package io.argos.runtime.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts records that cannot be used into the dead-letter topic of their topic: the original key,
 * value and headers, and headers that say where from, who could not read it and why. Safe for use
 * by any thread that the producer is safe for.
 */
public final class DeadLetters {
  /** Prefix of the headers that a dead letter gets. */
  public static final String HEADER_PREFIX = "argos-dlq-";

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final String SUFFIX = ".dlq";

  /** A producer's requests stay below 1 MiB; the rest is for headers. */
  private static final int LARGEST_VALUE = 900 * 1024;

  private final Producer<byte[], byte[]> producer;
  private final MeterRegistry meters;
  private final Repeats repeats;

  public DeadLetters(Producer<byte[], byte[]> producer, MeterRegistry meters, InstantSource clock) {
    this.producer = producer;
    this.meters = meters;
    this.repeats = new Repeats(clock, Duration.ofMinutes(1));
  }

  /**
   * Sends the record to the dead letters, counts it, and logs the first of its kind in a minute.
   *
   * @param reader who could not use it, such as {@code polling-agent}
   * @param reason one sentence without a stack trace
   * @return done when the broker has it: wait for it before the offset is committed
   */
  public Future<RecordMetadata> send(
      ConsumerRecord<byte[], byte[]> dead, String reader, String reason) {
    Counter.builder("argos.dead.letters")
        .description("Records put into a dead-letter topic")
        .tag("topic", dead.topic())
        .tag("reader", reader)
        .register(meters)
        .increment();
    OptionalLong unsaid = repeats.admit(dead.topic() + '|' + reader);
    if (unsaid.isPresent()) {
      log.warn(
          "dead letter topic={} partition={} offset={} reader={} reason=\"{}\" unsaid={}",
          dead.topic(),
          dead.partition(),
          dead.offset(),
          reader,
          reason,
          unsaid.getAsLong());
    }
    return producer.send(letter(dead, reader, reason));
  }

  /** The record as it goes into the dead-letter topic. */
  public static ProducerRecord<byte[], byte[]> letter(
      ConsumerRecord<byte[], byte[]> dead, String reader, String reason) {
    byte[] value = dead.value();
    boolean tooLarge = value != null && value.length > LARGEST_VALUE;
    String topic = dead.topic().endsWith(SUFFIX) ? dead.topic() : dead.topic() + SUFFIX;
    var letter = new ProducerRecord<>(topic, 0, dead.key(), tooLarge ? null : value);
    for (Header header : dead.headers()) {
      letter.headers().add(header);
    }
    header(letter, "topic", dead.topic());
    header(letter, "partition", Integer.toString(dead.partition()));
    header(letter, "offset", Long.toString(dead.offset()));
    header(letter, "reader", reader);
    header(letter, "reason", reason);
    if (tooLarge) {
      header(letter, "left-out", "value of " + value.length + " bytes");
    }
    return letter;
  }

  private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
    letter.headers().add(HEADER_PREFIX + name, value.getBytes(UTF_8));
  }
}
