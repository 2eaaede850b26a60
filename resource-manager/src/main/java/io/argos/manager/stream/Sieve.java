package io.argos.manager.stream;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Lets some records of a topic through as they are, and sends those that are none to dead letters.
 *
 * @param reader name of the topology
 * @param inlet rules of the topic
 * @param wanted which records go through
 * @param next name of the step to which they go
 * @param deadLetterSink name of the sink for those that are none
 * @param refusals counts these
 */
public record Sieve<T extends SpecificRecord>(
    String reader,
    Inlet<T> inlet,
    Predicate<T> wanted,
    String next,
    String deadLetterSink,
    LongAdder refusals)
    implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {

  @Override
  public Processor<byte[], byte[], byte[], byte[]> get() {
    return new Sifting();
  }

  private final class Sifting implements Processor<byte[], byte[], byte[], byte[]> {
    // Set by init, which Kafka calls before anything else.
    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<byte[], byte[]> context;

    @Override
    public void init(ProcessorContext<byte[], byte[]> given) {
      context = given;
    }

    @Override
    public void process(Record<byte[], byte[]> raw) {
      RecordMetadata place = context.recordMetadata().orElseThrow();
      switch (inlet.read(raw, place.partition())) {
        case Arrival.Refused<T>(var reason) -> {
          refusals.increment();
          context.forward(DeadLetter.of(raw, place, reader, reason), deadLetterSink);
        }
        case Arrival.Tombstone<T> _ -> {}
        case Arrival.Accepted<T> accepted -> {
          if (wanted.test(accepted.record())) {
            context.forward(raw, next);
          }
        }
      }
    }
  }
}
