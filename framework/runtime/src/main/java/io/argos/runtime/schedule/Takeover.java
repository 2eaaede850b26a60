package io.argos.runtime.schedule;

import io.argos.runtime.leadership.EpochException;
import io.argos.runtime.leadership.EpochLog;
import io.argos.runtime.leadership.KafkaEpochLog;
import io.argos.schemas.Checkpoint;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * What a scheduler needs of the log to take over: all its tables read, and from where to go on.
 *
 * <p>That is the checkpoint that was there before the new epoch was. A later one may cover jobs
 * that the former leader wrote after the new epoch, which agents drop.
 */
final class Takeover implements EpochLog {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final SchedulerTables tables;
  private final CheckpointStore checkpoints;
  private final EpochLog epochs;

  private volatile @Nullable Checkpoint from;

  Takeover(
      SchedulerTables tables,
      CheckpointStore checkpoints,
      Producer<byte[], byte[]> producer,
      SchedulerLinks links) {
    this.tables = tables;
    this.checkpoints = checkpoints;
    this.epochs =
        new KafkaEpochLog(
            links.topics(),
            tables.epochs(),
            tables.checkpoints(),
            producer,
            links.schemas(),
            links.clock());
  }

  /** From where the leader of the epoch that was published last goes on. */
  Optional<Checkpoint> from() {
    return Optional.ofNullable(from);
  }

  @Override
  public long highest(String stage) throws InterruptedException {
    if (!tables.awaitCaughtUp(LIMIT)) {
      throw new EpochException("the tables of the scheduler were not read within " + LIMIT);
    }
    return epochs.highest(stage);
  }

  @Override
  public void publish(String stage, long epoch, String leader) throws InterruptedException {
    from = checkpoints.latest().orElse(null);
    epochs.publish(stage, epoch, leader);
  }
}
