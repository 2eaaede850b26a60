package io.argos.runtime.agent;

import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.serde.SchemaIds;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * What an agent is connected to.
 *
 * @param consumers makes the consumer of the jobs, such as {@code KafkaClients::consumer}
 * @param readers makes a consumer without a group, such as {@code KafkaClients::consumer}
 * @param results producer of results and outcomes, shared in the process; the agent does not close
 *     it
 * @param schemas ids of schemas
 * @param deadLetters takes what cannot be read, such as {@code DeadLetters::send}
 * @param meters where the agent's metrics are registered
 * @param clock time of day
 */
public record AgentLinks(
    ConsumerFactory consumers,
    Supplier<Consumer<byte[], byte[]>> readers,
    ResultProducer results,
    SchemaIds schemas,
    DeadLetterSink deadLetters,
    MeterRegistry meters,
    InstantSource clock) {

  /** Makes consumers of bytes. */
  @FunctionalInterface
  public interface ConsumerFactory {
    /** A consumer in a group, with properties of its own; whoever asks for it closes it. */
    Consumer<byte[], byte[]> open(String group, Map<String, ?> overrides);
  }

  /** Takes records that cannot be read. */
  @FunctionalInterface
  public interface DeadLetterSink {
    /** Sends a record to its topic's dead letters; done when the broker has it. May block. */
    Future<RecordMetadata> send(
        ConsumerRecord<byte[], byte[]> record, String reader, String reason);
  }
}
