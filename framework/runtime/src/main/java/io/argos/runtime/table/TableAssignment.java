package io.argos.runtime.table;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that a table's feed reads, and how far it is in each: it outlives the consumer, so
 * that a new one goes on where the last one was. Of one thread.
 */
final class TableAssignment {

  private static final Duration ASK = Duration.ofSeconds(5);

  private final String topic;
  private final TableProgress progress;
  private final TableRefreshes refreshes;
  private final IntConsumer dropped;
  private final TablePositions goals = new TablePositions();

  /** Offset of the next record of each partition held, with which a new consumer goes on. */
  private final Map<Integer, Long> next = new HashMap<>();

  private Set<Integer> held = Set.of();
  private int partitions;

  /**
   * Nothing is assigned at first.
   *
   * @param dropped is told of each partition that is no longer read
   */
  TableAssignment(
      String topic, TableProgress progress, TableRefreshes refreshes, IntConsumer dropped) {
    this.topic = topic;
    this.progress = progress;
    this.refreshes = refreshes;
    this.dropped = dropped;
  }

  boolean empty() {
    return held.isEmpty();
  }

  /** Number of partitions of the topic; 0 until it is known. */
  int partitions() {
    return partitions;
  }

  /** The record has been taken. */
  void read(ConsumerRecord<byte[], byte[]> record) {
    next.put(record.partition(), record.offset() + 1);
  }

  /** Whether somebody waits for an offset, which may be reached already. */
  boolean behind() {
    return !goals.done() || refreshes.any() || !progress.caughtUp();
  }

  /**
   * Assigns what is wanted and is not assigned yet.
   *
   * @param wish the partitions, empty for all; null as long as nobody has said
   * @throws TimeoutException when the topic is not there
   */
  void follow(@Nullable Optional<Set<Integer>> wish, Consumer<byte[], byte[]> consumer) {
    if (wish == null) {
      return;
    }
    if (partitions == 0) {
      List<PartitionInfo> known = consumer.partitionsFor(topic, ASK);
      if (known == null || known.isEmpty()) {
        throw new TimeoutException("the topic does not exist");
      }
      partitions = known.size();
      progress.partitions(partitions);
    }
    Set<Integer> wished = wish.orElseGet(this::all);
    Set<TopicPartition> assigned = consumer.assignment();
    Set<TopicPartition> assignment = wished.stream().map(this::at).collect(toSet());
    if (!assignment.equals(assigned)) {
      consumer.assign(assignment);
      assignment.stream()
          .filter(partition -> !assigned.contains(partition))
          .forEach(partition -> seek(consumer, partition));
    }
    Set<Integer> former = held;
    held = wished;
    for (int number : former) {
      if (!wished.contains(number)) {
        drop(number);
      }
    }
  }

  /** What is held already is not read again: for a moment former values would be the last ones. */
  private void seek(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    Long offset = next.get(partition.partition());
    if (offset == null) {
      // One by one, since Kafka takes no partition at all for every one.
      consumer.seekToBeginning(List.of(partition));
    } else {
      consumer.seek(partition, offset);
    }
  }

  private void drop(int number) {
    next.remove(number);
    goals.forget(at(number));
    refreshes.forget(at(number));
    dropped.accept(number);
  }

  /** Sees how far the table is against what it, and whoever refreshes, wants to reach. */
  void measure(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> aimless = new ArrayList<>();
    for (int number : held) {
      if (!progress.caughtUp(number) && !goals.aims(at(number))) {
        aimless.add(at(number));
      }
    }
    if (!aimless.isEmpty()) {
      goals.aim(consumer.endOffsets(aimless, ASK));
    }
    Set<TopicPartition> reached = goals.reached(partition -> consumer.position(partition, ASK));
    if (!reached.isEmpty()) {
      progress.reached(reached.stream().map(TopicPartition::partition).collect(toSet()));
    }
    refreshes.follow(
        () -> consumer.endOffsets(consumer.assignment(), ASK),
        partition -> consumer.position(partition, ASK));
  }

  private TopicPartition at(int partition) {
    return new TopicPartition(topic, partition);
  }

  private Set<Integer> all() {
    Set<Integer> numbers = new HashSet<>();
    for (int number = 0; number < partitions; number++) {
      numbers.add(number);
    }
    return numbers;
  }
}
