package io.argos.runtime.leadership;

import io.argos.runtime.table.CompactedTable;
import io.argos.schemas.Checkpoint;
import io.argos.schemas.Epoch;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.EventHeaders;
import io.argos.schemas.topic.HashId;
import io.argos.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** The epochs in the topics {@code epochs} and {@code checkpoints}. */
public final class KafkaEpochLog implements EpochLog {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final String topic;
  private final CompactedTable<Epoch> epochs;
  private final CompactedTable<Checkpoint> checkpoints;
  private final Producer<byte[], byte[]> producer;
  private final RecordWriter<Epoch> writer;
  private final InstantSource clock;

  /**
   * A log over tables that hold all their partitions; it closes neither them nor the producer.
   *
   * @param topics names of the topics
   * @param epochs the topic of epochs
   * @param checkpoints the topic of checkpoints
   * @param producer writes the epochs
   * @param schemas ids of the schemas
   * @param clock the time
   */
  public KafkaEpochLog(
      Topics topics,
      CompactedTable<Epoch> epochs,
      CompactedTable<Checkpoint> checkpoints,
      Producer<byte[], byte[]> producer,
      SchemaIds schemas,
      InstantSource clock) {
    this.topic = topics.epochs();
    this.epochs = epochs;
    this.checkpoints = checkpoints;
    this.producer = producer;
    this.writer = new RecordWriter<>(schemas, topic, Epoch.class);
    this.clock = clock;
  }

  @Override
  public long highest(String stage) throws InterruptedException {
    if (!epochs.refresh(LIMIT) || !checkpoints.refresh(LIMIT)) {
      throw new EpochException("the log of epochs could not be read within " + LIMIT);
    }
    long published = epochs.find(stage).map(Epoch::getEpoch).orElse(0L);
    long checkpointed = checkpoints.find(stage).map(Checkpoint::getEpoch).orElse(0L);
    return Math.max(published, checkpointed);
  }

  @Override
  public void publish(String stage, long epoch, String leader) throws InterruptedException {
    Instant now = clock.instant();
    try {
      byte[] value =
          writer.write(
              Epoch.newBuilder()
                  .setStage(stage)
                  .setEpoch(epoch)
                  .setLeader(leader)
                  .setAt(now)
                  .build());
      var record = new ProducerRecord<>(topic, stage.getBytes(StandardCharsets.UTF_8), value);
      String id = HashId.of("epoch", stage, Long.toString(epoch), leader);
      EventHeaders.set(record.headers(), id, "io.argos.Epoch", leader, now);
      producer.send(record).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException | SchemaException e) {
      throw new EpochException("epoch %d of %s could not be written".formatted(epoch, stage), e);
    }
  }
}
