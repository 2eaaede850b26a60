package io.argos.runtime.agent;

import io.argos.schemas.serde.SchemaException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The poll loop, on a platform thread that never runs work: takes jobs in, commits behind their
 * outcomes, pauses partitions while too many jobs are held, and gives partitions back in good
 * order. When the consumer fails it is replaced by another.
 */
final class AgentPoller implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AgentPoller.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration DRAIN_POLL = Duration.ofMillis(20);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);
  private static final long RETRY_MILLIS = 1_000;
  private static final long ADMISSION_MILLIS = 200;

  private final AgentSpec spec;
  private final AgentLinks.ConsumerFactory consumers;
  private final JobIntake intake;
  private final IntSupplier held;
  private final JobGate gate;
  private final PollFreshness freshness;
  private final AgentMeters meters;
  private final Ownership ownership;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean paused;
  private volatile String state = "is not started";
  private long retryAt;

  /**
   * A poll loop that is not started.
   *
   * @param held jobs that wait and outcomes that are not acknowledged: above a bound no more jobs
   *     are taken, be it that they wait for their time or that nothing can be written
   */
  AgentPoller(
      AgentSpec spec,
      AgentLinks.ConsumerFactory consumers,
      JobIntake intake,
      IntSupplier held,
      Ownership ownership,
      JobGate gate,
      PollFreshness freshness,
      AgentMeters meters) {
    this.spec = spec;
    this.consumers = consumers;
    this.intake = intake;
    this.held = held;
    this.gate = gate;
    this.freshness = freshness;
    this.meters = meters;
    this.ownership = ownership;
    this.thread =
        Thread.ofPlatform().daemon().name("argos-" + spec.stage() + "-poll").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Whether partitions are paused because too many jobs are held. */
  boolean paused() {
    return paused;
  }

  /** Why it takes no jobs, as the rest of a sentence; empty while it does. */
  String trouble() {
    return state;
  }

  /** Partitions that are this agent's. */
  int partitions() {
    return ownership.count();
  }

  /** Seconds since the oldest job not committed had to be done, 0 before that. */
  long overdueSeconds() {
    return ownership.overdueSeconds();
  }

  boolean stopping() {
    return stopping.getCount() == 0;
  }

  private void run() {
    try {
      while (!stopping()) {
        try {
          attend();
        } catch (RuntimeException | Error e) {
          // The edge of the loop: without it this agent would never take a job again.
          state = "cannot join the group: " + e.getMessage();
          log.error("poll loop failed, trying on stage={}", spec.stage(), e);
          pauseThread(RETRY_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      state = "is stopped";
    }
  }

  private void attend() throws InterruptedException {
    if (gate.admitted()) {
      session();
    } else {
      state = "waits until its stage can work";
      pauseThread(ADMISSION_MILLIS);
    }
  }

  /** The life of one consumer. */
  private void session() throws InterruptedException {
    state = "joins the group";
    // Here and not where the last one ended: that one may have failed while it gave them back.
    ownership.begin();
    Consumer<byte[], byte[]> consumer = null;
    try {
      consumer = consumers.open(spec.group(), overrides());
      consumer.subscribe(List.of(spec.jobsTopic()), listener(consumer));
      while (!stopping() && gate.admitted()) {
        turn(consumer);
      }
      drain(consumer);
      close(consumer, CLOSE_WAIT);
      if (!stopping()) {
        log.warn("agent gave its partitions back stage={} zone={}", spec.stage(), spec.zone());
      }
    } catch (RuntimeException | Error e) {
      // The edge of the loop: the next consumer starts from what is committed.
      state = "lost its consumer: " + e.getMessage();
      log.warn("consumer failed and is replaced stage={} zone={}", spec.stage(), spec.zone(), e);
      ownership.lostAll();
      if (consumer != null) {
        close(consumer, Duration.ofSeconds(1));
      }
      pauseThread(RETRY_MILLIS);
    }
  }

  private void turn(Consumer<byte[], byte[]> consumer) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    boolean sure = freshness.turned();
    for (TopicPartition partition : records.partitions()) {
      take(consumer, partition, records.records(partition));
    }
    if (!sure && ownership.count() > 0) {
      meters.gap();
      // Behind the records: of a partition without any it commits where the consumer reads on.
      ownership.prove(consumer);
    }
    flow(consumer);
    ownership.commitWhenDue(consumer);
  }

  private void take(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      List<ConsumerRecord<byte[], byte[]>> records) {
    OwnedPartition owned = ownership.find(partition.partition());
    if (owned == null) {
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        ownership.reads(owned, record);
        intake.take(owned, record, ownership.partitionsOfTopic());
      } catch (SchemaException e) {
        // Nothing is lost: the partition is read from this record again a little later.
        state = "cannot read jobs: " + e.getMessage();
        log.warn("jobs wait for the schema registry stage={}", spec.stage(), e);
        consumer.seek(partition, record.offset());
        retryAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
        return;
      }
    }
  }

  /** Paused partitions are polled all the same, which keeps the membership. */
  private void flow(Consumer<byte[], byte[]> consumer) {
    int high = spec.config().queue();
    int count = held.getAsInt();
    boolean retrying = retryAt != 0 && System.nanoTime() - retryAt < 0;
    boolean pause = retrying || count >= high || (paused && count > high / 5 * 4);
    if (pause) {
      consumer.pause(consumer.assignment());
    } else if (paused) {
      consumer.resume(consumer.paused());
      retryAt = 0;
    }
    if (pause != paused) {
      log.info("partitions {} stage={} held={}", pause ? "paused" : "resumed", spec.stage(), count);
    }
    paused = pause;
    if (!retrying) {
      state = ownership.joined() ? "" : "joins the group";
    }
  }

  /** Lets running jobs end, so that nobody need run them again. */
  private void drain(Consumer<byte[], byte[]> consumer) throws InterruptedException {
    state = "stops";
    ownership.stopStarting();
    long deadline = System.nanoTime() + spec.config().stopWait().toNanos();
    while (!ownership.quiet() && System.nanoTime() - deadline < 0) {
      consumer.pause(consumer.assignment());
      // What is assigned meanwhile is left for the next owner.
      var _ = consumer.poll(DRAIN_POLL);
      var _ = freshness.turned();
    }
    ownership.leave(consumer);
  }

  private ConsumerRebalanceListener listener(Consumer<byte[], byte[]> consumer) {
    return new ConsumerRebalanceListener() {
      @Override
      public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        ownership.assigned(consumer, partitions);
      }

      @Override
      public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        ownership.revoked(consumer, partitions);
      }

      @Override
      public void onPartitionsLost(Collection<TopicPartition> partitions) {
        ownership.lost(partitions);
      }
    };
  }

  private static void close(Consumer<byte[], byte[]> consumer, Duration wait) {
    try {
      consumer.close(
          CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
              .withTimeout(wait));
    } catch (KafkaException | IllegalStateException e) {
      log.debug("consumer closed with a failure", e);
    }
  }

  private static Map<String, Object> overrides() {
    return Map.of(
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        // A slot that nobody took in time ends as expired, so that none is without an outcome.
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "earliest",
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
  }

  private void pauseThread(long millis) throws InterruptedException {
    var _ = stopping.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Stops, within the stop wait and a few seconds. */
  @Override
  public void close() {
    stopping.countDown();
    if (!thread.isAlive()) {
      return;
    }
    try {
      Duration bound = spec.config().stopWait().plus(CLOSE_WAIT).plusSeconds(3);
      if (!thread.join(bound)) {
        log.warn("poll loop did not stop stage={} bound={}", spec.stage(), bound);
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
