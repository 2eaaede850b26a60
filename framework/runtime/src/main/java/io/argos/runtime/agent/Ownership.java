package io.argos.runtime.agent;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that are this agent's: takes them, commits how far each is done, and gives them
 * up. All but the counts is for the poll loop's thread alone.
 */
final class Ownership {
  private static final Logger log = LoggerFactory.getLogger(Ownership.class);
  private static final Duration COMMIT_WAIT = Duration.ofSeconds(2);
  private static final Duration CANCEL_WAIT = Duration.ofMillis(500);

  private final AgentSpec spec;
  private final JobBoard board;
  private final JobGate gate;
  private final PollFreshness freshness;
  private final FormerOutcomes former;
  private final ConcurrentMap<Integer, OwnedPartition> owned = new ConcurrentHashMap<>();
  private final Commits commits;
  private final WatermarkAlarm alarm;
  private volatile int partitionsOfTopic;
  private volatile boolean joined;
  private boolean stopping;
  private long lastCommit = System.nanoTime();

  Ownership(
      AgentSpec spec,
      JobBoard board,
      JobGate gate,
      PollFreshness freshness,
      FormerOutcomes former,
      InstantSource clock) {
    this.spec = spec;
    this.board = board;
    this.gate = gate;
    this.freshness = freshness;
    this.former = former;
    this.commits = new Commits(spec.jobsTopic(), COMMIT_WAIT);
    this.alarm = new WatermarkAlarm(spec.stage(), clock);
  }

  int count() {
    return owned.size();
  }

  /** Seconds since the oldest job not committed had to be done, 0 before that. */
  long overdueSeconds() {
    return alarm.overdueSeconds();
  }

  /** Whether the group has given its answer, be it no partition. */
  boolean joined() {
    return joined;
  }

  /** Partitions of the topic, 0 until known. */
  int partitionsOfTopic() {
    return partitionsOfTopic;
  }

  @Nullable OwnedPartition find(int partition) {
    return owned.get(partition);
  }

  /** A job of a partition is about to be taken in; behind the first its past is looked up. */
  void reads(OwnedPartition partition, ConsumerRecord<?, ?> job) {
    if (partition.begin()) {
      former.taken(partition, job.timestamp());
    }
  }

  void assigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    joined = true;
    freshness.proven(System.nanoTime());
    if (partitions.isEmpty()) {
      return;
    }
    learnPartitions(consumer);
    for (TopicPartition partition : partitions) {
      OwnedPartition taken = new OwnedPartition(partition.partition());
      if (stopping) {
        taken.disown();
      }
      board.assigned(taken);
      owned.put(partition.partition(), taken);
      commits.forget(partition.partition());
    }
    gate.assigned(numbersOf(partitions));
    log.info(
        "partitions assigned stage={} zone={} partitions={}",
        spec.stage(),
        spec.zone(),
        numbersOf(partitions));
  }

  /** Taken away in good order: running jobs get a moment, what is done is committed. */
  void revoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return;
    }
    Set<Integer> numbers = numbersOf(partitions);
    numbers.forEach(this::giveUp);
    if (!stopping) {
      awaitQuiet(numbers, spec.config().revokeWait());
    }
    commits.await(consumer, those(numbers));
    cancel(numbers, "its partition went to another agent");
    forget(numbers);
    log.info(
        "partitions revoked stage={} zone={} partitions={}", spec.stage(), spec.zone(), numbers);
    // The wait was ours, and the group knew of us all the while.
    var _ = freshness.turned();
  }

  /** Somebody else has them already: nothing is waited for, and nothing committed. */
  void lost(Collection<TopicPartition> partitions) {
    freshness.doubted();
    Set<Integer> numbers = numbersOf(partitions);
    numbers.forEach(this::giveUp);
    cancel(numbers, "its partition was lost to another agent");
    forget(numbers);
    if (!numbers.isEmpty()) {
      log.warn(
          "partitions lost stage={} zone={} partitions={}", spec.stage(), spec.zone(), numbers);
    }
  }

  /** The consumer is gone, and with it all partitions. */
  void lostAll() {
    joined = false;
    lost(
        owned.keySet().stream()
            .map(number -> new TopicPartition(spec.jobsTopic(), number))
            .toList());
  }

  /**
   * Asks the group whether this agent is still its member: a commit is refused to one who is not.
   * Until it says yes nothing is started.
   */
  void prove(Consumer<?, ?> consumer) {
    long asked = System.nanoTime();
    try {
      commits.assertMember(consumer, owned.values());
      freshness.proven(asked);
      log.info("membership confirmed after a gap stage={} zone={}", spec.stage(), spec.zone());
    } catch (KafkaException e) {
      log.info(
          "membership not confirmed after a gap, nothing is started stage={} why=\"{}\"",
          spec.stage(),
          e.toString());
    }
  }

  /** Commits what is done since the last time, without waiting. */
  void commitWhenDue(Consumer<?, ?> consumer) {
    long now = System.nanoTime();
    if (now - lastCommit >= spec.config().commitEvery().toNanos()) {
      lastCommit = now;
      alarm.look(owned.values());
      commits.begin(consumer, owned.values());
    }
  }

  /** Jobs may be started again, of partitions that another consumer is given. */
  void begin() {
    stopping = false;
    joined = false;
  }

  /** Nothing more is started. */
  void stopStarting() {
    stopping = true;
    owned.keySet().forEach(this::giveUp);
  }

  /** Whether nothing runs and no outcome is under way. */
  boolean quiet() {
    return owned.values().stream().allMatch(partition -> partition.open() == 0);
  }

  /** The end: cancels what still runs and commits what is done. */
  void leave(Consumer<?, ?> consumer) {
    cancel(owned.keySet(), "the agent stops");
    awaitQuiet(owned.keySet(), CANCEL_WAIT);
    commits.await(consumer, those(owned.keySet()));
  }

  private void giveUp(int number) {
    OwnedPartition partition = owned.get(number);
    if (partition != null) {
      partition.disown();
      board.drop(partition);
    }
  }

  private void awaitQuiet(Set<Integer> numbers, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    try {
      for (int number : numbers) {
        OwnedPartition partition = owned.get(number);
        if (partition != null && !partition.awaitQuiet(deadline)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void cancel(Set<Integer> numbers, String why) {
    for (int number : numbers) {
      OwnedPartition partition = owned.get(number);
      if (partition != null) {
        partition.cancel(why);
      }
    }
  }

  private void forget(Set<Integer> numbers) {
    for (int number : numbers) {
      owned.remove(number);
      commits.forget(number);
    }
    gate.revoked(numbers);
  }

  private List<OwnedPartition> those(Set<Integer> numbers) {
    return numbers.stream().map(owned::get).filter(Objects::nonNull).toList();
  }

  private void learnPartitions(Consumer<?, ?> consumer) {
    try {
      List<PartitionInfo> partitions = consumer.partitionsFor(spec.jobsTopic(), COMMIT_WAIT);
      partitionsOfTopic = partitions == null ? 0 : partitions.size();
    } catch (KafkaException e) {
      log.debug("partitions not known topic={} why=\"{}\"", spec.jobsTopic(), e.toString());
    }
  }

  private static Set<Integer> numbersOf(Collection<TopicPartition> partitions) {
    Set<Integer> numbers = new HashSet<>();
    partitions.forEach(partition -> numbers.add(partition.partition()));
    return numbers;
  }
}
