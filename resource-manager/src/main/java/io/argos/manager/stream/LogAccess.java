package io.argos.manager.stream;

import io.argos.schemas.Tick;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a topology needs to know of the log.
 *
 * @param topics names of the topics
 * @param partitions partitions of the topics that are keyed by resource
 * @param schemas where the ids of schemas are known
 * @param grace how long after a deadline it fires
 * @param refusals counts what the topology sends to dead letters
 */
public record LogAccess(
    Topics topics, int partitions, SchemaIds schemas, Duration grace, LongAdder refusals) {

  /** A topic by resource, whose records carry the writer's own time. */
  public <T extends SpecificRecord> Inlet<T> byResource(
      String topic,
      Class<T> type,
      Function<T, String> key,
      Function<T, Optional<Instant>> writtenAt) {
    return new Inlet<>(
        topic,
        new RecordReader<>(schemas, type),
        key.andThen(Optional::of),
        writtenAt,
        OptionalInt.of(partitions),
        false);
  }

  /** A compacted topic by resource. */
  public <T extends SpecificRecord> Inlet<T> table(
      String topic, Class<T> type, Function<T, String> key) {
    return new Inlet<>(
        topic,
        new RecordReader<>(schemas, type),
        key.andThen(Optional::of),
        _ -> Optional.empty(),
        OptionalInt.of(partitions),
        true);
  }

  /** A topic of one partition. */
  public <T extends SpecificRecord> Inlet<T> single(
      String topic,
      Class<T> type,
      Function<T, String> key,
      Function<T, Optional<Instant>> writtenAt) {
    return new Inlet<>(
        topic,
        new RecordReader<>(schemas, type),
        key.andThen(Optional::of),
        writtenAt,
        OptionalInt.empty(),
        false);
  }

  /** The ticks, whose key is the number of the partition for which they are written. */
  public Inlet<Tick> ticks() {
    return new Inlet<>(
        topics.ticks(),
        new RecordReader<>(schemas, Tick.class),
        _ -> Optional.empty(),
        tick -> Optional.of(tick.getAt()),
        OptionalInt.empty(),
        false);
  }

  /** A topic to be written. */
  public <T extends SpecificRecord> Outlet<T> outlet(String sink, String topic, Class<T> type) {
    return Outlet.to(sink, topic, type, schemas);
  }
}
