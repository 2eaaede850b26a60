package io.argos.runtime.schedule;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.argos.schemas.Checkpoint;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.EventHeaders;
import io.argos.schemas.topic.HashId;
import io.argos.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last checkpoint of a stage. A leader of the past that wakes up may still write one: that of
 * the highest epoch counts. Safe for use by any thread.
 */
final class CheckpointStore {

  private static final Logger log = LoggerFactory.getLogger(CheckpointStore.class);

  private final String stage;
  private final String instance;
  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final RecordWriter<Checkpoint> writer;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private @Nullable Checkpoint latest;

  CheckpointStore(
      String stage,
      String instance,
      Topics topics,
      Producer<byte[], byte[]> producer,
      SchemaIds schemas) {
    this.stage = stage;
    this.instance = instance;
    this.topic = topics.checkpoints();
    this.producer = producer;
    this.writer = new RecordWriter<>(schemas, topic, Checkpoint.class);
  }

  /** Takes note of a checkpoint in the log; true when it counts. */
  boolean read(Checkpoint checkpoint) {
    if (!checkpoint.getStage().equals(stage)) {
      return false;
    }
    synchronized (lock) {
      boolean counts = latest == null || checkpoint.getEpoch() >= latest.getEpoch();
      if (counts) {
        latest = checkpoint;
      }
      return counts;
    }
  }

  Optional<Checkpoint> latest() {
    synchronized (lock) {
      return Optional.ofNullable(latest);
    }
  }

  /** Writes a checkpoint, without waiting: a lost one costs the next leader repetitions only. */
  void write(Emission.Progress progress, long epoch, Instant now) {
    Checkpoint checkpoint =
        Checkpoint.newBuilder()
            .setStage(stage)
            .setWatermark(Instant.ofEpochMilli(progress.watermark()))
            .setEpoch(epoch)
            .setAt(Instant.ofEpochMilli(progress.at()))
            .setTimings(progress.timings())
            .build();
    try {
      var record =
          new ProducerRecord<>(
              topic, stage.getBytes(StandardCharsets.UTF_8), writer.write(checkpoint));
      String id = HashId.of("checkpoint", stage, Long.toString(epoch), now.toString());
      EventHeaders.set(record.headers(), id, "io.argos.Checkpoint", instance, now);
      producer.send(
          record,
          (_, failure) -> {
            if (failure != null) {
              log.debug("checkpoint not written stage={}", stage, failure);
            }
          });
    } catch (KafkaException | SchemaException e) {
      log.debug("checkpoint not written stage={}", stage, e);
    }
  }
}
