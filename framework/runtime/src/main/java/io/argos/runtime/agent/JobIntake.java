package io.argos.runtime.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.argos.schemas.Job;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.topic.ResourcePartitioner;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns records into held jobs, and those that are none into dead letters. */
final class JobIntake {
  private static final Logger log = LoggerFactory.getLogger(JobIntake.class);
  private static final long RETRY_MILLIS = 1_000;

  private final AgentSpec spec;
  private final JobBoard board;
  private final RecordReader<Job> reader;
  private final AgentLinks.DeadLetterSink deadLetters;
  private final InstantSource clock;
  private final String name;

  JobIntake(AgentSpec spec, JobBoard board, RecordReader<Job> reader, AgentLinks links) {
    this.spec = spec;
    this.board = board;
    this.reader = reader;
    this.deadLetters = links.deadLetters();
    this.clock = links.clock();
    this.name = spec.stage() + "-agent";
  }

  /**
   * Takes one record in.
   *
   * @param partitions partitions of the topic, 0 when not known
   * @throws io.argos.schemas.serde.SchemaException when the registry must be asked and is out of
   *     reach; nothing is taken in then
   */
  void take(OwnedPartition partition, ConsumerRecord<byte[], byte[]> record, int partitions) {
    Decoded<Job> decoded = reader.read(record.value());
    if (!partition.offsets().read(record.offset(), latestEnd(decoded))) {
      return;
    }
    switch (decoded) {
      case Decoded.Poison<Job>(var reason) -> bury(partition, record, reason);
      case Decoded.Value<Job>(var job) -> {
        String fault = faultOf(job, record, partitions);
        if (fault.isEmpty()) {
          shareTexts(job);
          board.hold(
              new HeldJob(job, partition, record.offset(), record.timestamp()), clock.millis());
        } else {
          bury(partition, record, fault);
        }
      }
    }
  }

  /** When a job that begins as late as it may, and leaks, is given up. */
  private long latestEnd(Decoded<Job> decoded) {
    return switch (decoded) {
      case Decoded.Value<Job>(var job) ->
          job.getExpireAt().toEpochMilli()
              + job.getTimeoutMillis()
              + spec.config().leakAfter().toMillis();
      case Decoded.Poison<Job> _ -> clock.millis() + spec.config().leakAfter().toMillis();
    };
  }

  private String faultOf(Job job, ConsumerRecord<byte[], byte[]> record, int partitions) {
    byte[] key = record.key();
    if (key == null || !job.getResourceId().equals(new String(key, UTF_8))) {
      return "its key is not its resource " + job.getResourceId();
    }
    if (partitions > 0 && ResourcePartitioner.partitionOf(key, partitions) != record.partition()) {
      return "it belongs into partition " + ResourcePartitioner.partitionOf(key, partitions);
    }
    if (!job.getStage().equals(spec.stage()) || !job.getZone().equals(spec.zone())) {
      return "it is a job for stage %s, zone %s".formatted(job.getStage(), job.getZone());
    }
    if (job.getTimeoutMillis() <= 0) {
      return "its timeout of %d ms is not positive".formatted(job.getTimeoutMillis());
    }
    return "";
  }

  /** A hundred thousand held jobs say the same few words. */
  private static void shareTexts(Job job) {
    job.setStage(job.getStage().intern());
    job.setZone(job.getZone().intern());
    job.setPlugin(job.getPlugin().intern());
    job.setConfigHash(job.getConfigHash().intern());
    job.setScheduler(job.getScheduler().intern());
  }

  /** On a thread that may wait; the offset is done when the dead letter is acknowledged. */
  private void bury(
      OwnedPartition partition, ConsumerRecord<byte[], byte[]> record, String reason) {
    partition.opened();
    Thread.ofVirtual()
        .name("dead-letter-" + record.offset())
        .start(() -> {
          try {
            while (partition.owned()) {
              if (buried(record, reason)) {
                partition.closed(record.offset());
                return;
              }
              Thread.sleep(RETRY_MILLIS);
            }
            partition.abandoned();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private boolean buried(ConsumerRecord<byte[], byte[]> record, String reason)
      throws InterruptedException {
    try {
      var _ = deadLetters.send(record, name, reason).get();
      return true;
    } catch (ExecutionException | RuntimeException | Error e) {
      // Whatever it was: without another try the offset would never be done.
      log.warn(
          "dead letter not written, tried again topic={} partition={} offset={} why=\"{}\"",
          record.topic(),
          record.partition(),
          record.offset(),
          e.toString());
      return false;
    }
  }
}
