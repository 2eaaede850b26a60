package io.argos.runtime.agent;

import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the board which jobs of a partition its former owner has run already. An offset is
 * committed a moment after the outcome, and an owner that dies commits no more: without this, all
 * that it did since its last commit would be done again. Nor is anything committed behind a job
 * that takes long; hence this reads back to when the first job was written that is not committed.
 * Jobs and outcomes of a resource are in partitions of the same number.
 *
 * <p>Reads on a platform thread of its own. A partition whose outcomes cannot be read within one
 * session is worked off all the same: to poll twice is better than not at all.
 */
final class FormerOutcomes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FormerOutcomes.class);

  /** As long as ids of jobs are remembered at least. */
  private static final Duration REACH = Duration.ofMinutes(2);

  /** How far the clock that stamps outcomes may be behind the one that stamps jobs. */
  private static final Duration CLOCKS_APART = Duration.ofSeconds(10);

  private record Taken(OwnedPartition partition, long firstJobAt) {}

  private static final Duration CLOSE_WAIT = Duration.ofMillis(500);
  private static final Duration POLL = Duration.ofMillis(50);

  private static final Set<OutcomeStatus> RUN =
      EnumSet.of(OutcomeStatus.OK, OutcomeStatus.FAILED, OutcomeStatus.TIMEOUT);

  private final String topic;
  private final String stage;
  private final Duration patience;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final RecordReader<Outcome> reader;
  private final JobBoard board;
  private final InstantSource clock;
  private final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
  private final Thread thread;

  FormerOutcomes(AgentSpec spec, AgentLinks links, RecordReader<Outcome> reader, JobBoard board) {
    this.topic = spec.topics().outcomes();
    this.stage = spec.stage();
    this.patience = spec.sessionTimeout();
    this.consumers = links.readers();
    this.reader = reader;
    this.board = board;
    this.clock = links.clock();
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("argos-" + spec.stage() + "-takeover")
            .unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * The first job of a partition has been read; the partition is settled when its outcomes have
   * been, too.
   *
   * @param firstJobAt timestamp of that job's record
   */
  void taken(OwnedPartition partition, long firstJobAt) {
    taken.add(new Taken(partition, firstJobAt));
  }

  private void run() {
    Consumer<byte[], byte[]> consumer = null;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        List<Taken> partitions = new ArrayList<>();
        partitions.add(taken.take());
        taken.drainTo(partitions);
        try {
          consumer = consumer == null ? consumers.get() : consumer;
          read(consumer, partitions);
        } catch (InterruptException e) {
          // Kafka's word for an interrupt, which has set the flag again.
          return;
        } catch (RuntimeException | Error e) {
          // The edge of the loop: without it no job of a partition taken later would ever start.
          log.warn(
              "what was done before cannot be read, jobs may run twice stage={} why=\"{}\"",
              stage,
              e.toString());
          close(consumer);
          consumer = null;
        } finally {
          partitions.forEach(each -> each.partition().settle());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(consumer);
    }
  }

  private void read(Consumer<byte[], byte[]> consumer, List<Taken> partitions) {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<TopicPartition, OwnedPartition> wanted = new HashMap<>();
    Map<TopicPartition, Long> since = new HashMap<>();
    for (Taken each : partitions) {
      TopicPartition outcomes = new TopicPartition(topic, each.partition().number());
      wanted.put(outcomes, each.partition());
      since.put(outcomes, since(each.firstJobAt()));
    }
    // Before it is asked anything of them, or the client warns of partitions that are not its own.
    consumer.assign(wanted.keySet());
    Map<TopicPartition, OffsetAndTimestamp> begins =
        consumer.offsetsForTimes(since, left(deadline));
    Map<TopicPartition, Long> ends = consumer.endOffsets(wanted.keySet(), left(deadline));
    // Without a record since then there is nothing to learn.
    Map<TopicPartition, Long> unread = new HashMap<>();
    begins.forEach((partition, begin) -> {
      if (begin != null) {
        unread.put(partition, ends.getOrDefault(partition, begin.offset()));
      }
    });
    consumer.assign(unread.keySet());
    begins.forEach((partition, begin) -> {
      if (begin != null) {
        consumer.seek(partition, begin.offset());
      }
    });
    while (unread.entrySet().stream()
        .anyMatch(each -> consumer.position(each.getKey(), left(deadline)) < each.getValue())) {
      if (left(deadline).isZero()) {
        throw new TimeoutException("not within " + patience);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        OwnedPartition partition =
            wanted.get(new TopicPartition(record.topic(), record.partition()));
        if (partition != null
            && reader.read(record.value()) instanceof Decoded.Value<Outcome>(var outcome)
            && outcome.getStage().equals(stage)
            && RUN.contains(outcome.getStatus())) {
          board.ranBefore(partition, outcome, clock.millis());
        }
      }
    }
  }

  private long since(long firstJobAt) {
    long reach = clock.millis() - REACH.toMillis();
    // A record without a timestamp has a negative one.
    return firstJobAt < 0 ? reach : Math.clamp(firstJobAt - CLOCKS_APART.toMillis(), 0, reach);
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  private static void close(@Nullable Consumer<byte[], byte[]> consumer) {
    if (consumer != null) {
      // It has no group to leave, and an interrupt would only disturb its end.
      boolean interrupted = Thread.interrupted();
      try {
        consumer.close(CloseOptions.timeout(CLOSE_WAIT));
      } catch (RuntimeException e) {
        log.debug("consumer closed with a failure", e);
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
