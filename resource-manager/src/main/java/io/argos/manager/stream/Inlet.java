package io.argos.manager.stream;

import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.topic.ResourcePartitioner;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which records of one topic are let in. A record is refused when its bytes are no
 * such record, when its key is not that of what it tells, when it lies on a partition that is not
 * its own, or when its writer's clock is more than five minutes off the log's.
 *
 * @param topic the topic
 * @param reader how its values are read
 * @param keyOf the key that a record must have; empty when its content tells nothing of it
 * @param writtenAt the writer's own time in a record; empty when it has none
 * @param partitions partitions by resource of the topic; empty when keys do not decide there
 * @param tombstones whether a record without a value is one
 */
public record Inlet<T extends SpecificRecord>(
    String topic,
    RecordReader<T> reader,
    Function<T, Optional<String>> keyOf,
    Function<T, Optional<Instant>> writtenAt,
    OptionalInt partitions,
    boolean tombstones) {

  /** How far a writer's clock may be off the log's. */
  public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  /** Reads one record, or says why it cannot be used. */
  Arrival<T> read(Record<byte[], byte[]> raw, int partition) {
    String key = text(raw.key());
    if (key == null || key.isEmpty()) {
      return new Arrival.Refused<>("the record has no key, or one that is not UTF-8");
    }
    if (partitions.isPresent()) {
      int own = ResourcePartitioner.partitionOf(raw.key(), partitions.getAsInt());
      if (own != partition) {
        return new Arrival.Refused<>(
            "its key belongs to partition %d of %d and it lies on %d"
                .formatted(own, partitions.getAsInt(), partition));
      }
    }
    Instant time = Instant.ofEpochMilli(raw.timestamp());
    byte @Nullable [] value = raw.value();
    if (value == null && tombstones) {
      return new Arrival.Tombstone<>(key, time);
    }
    return switch (reader.read(value)) {
      case Decoded.Poison<T>(var reason) -> new Arrival.Refused<>(reason);
      case Decoded.Value<T>(var record) -> accept(key, record, time);
    };
  }

  private Arrival<T> accept(String key, T record, Instant time) {
    Optional<String> wanted = keyOf.apply(record);
    if (wanted.isPresent() && !wanted.get().equals(key)) {
      return new Arrival.Refused<>("its key is not that of its content, " + wanted.get());
    }
    Optional<Instant> written = writtenAt.apply(record);
    if (written.isPresent()) {
      Duration off = Duration.between(time, written.get());
      if (off.abs().compareTo(CLOCK_TOLERANCE) > 0) {
        return new Arrival.Refused<>(
            "its writer's clock is %s off the log's: it says %s and the log %s"
                .formatted(off, written.get(), time));
      }
    }
    return new Arrival.Accepted<>(key, record, time);
  }

  private static @Nullable String text(byte @Nullable [] key) {
    if (key == null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
