package io.argos.runtime.table;

import static java.util.stream.Collectors.toSet;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads a table's partitions, from the beginning when they are assigned and from
 * there on for ever, over outages of the brokers and of the schema registry. Safe for use by any
 * thread.
 */
final class TableFeed implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TableFeed.class);
  private static final Duration POLL = Duration.ofMillis(500);

  /** While somebody waits for the table to reach an offset, which may be reached already. */
  private static final Duration SHORT_POLL = Duration.ofMillis(10);

  private static final Duration ASK = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  /**
   * A reader without a group has nothing to settle with the brokers. Any wait would be for a fetch
   * that the broker holds back until there is something new.
   */
  private static final CloseOptions AT_ONCE = CloseOptions.timeout(Duration.ZERO);

  /** Takes what is read, on the thread of the feed. */
  interface Records {
    /**
     * The next record of its partition.
     *
     * @throws WakeupException when the feed is being closed; the record counts as not read
     */
    void read(ConsumerRecord<byte[], byte[]> record, int partitions);

    /** This partition is no longer read. */
    void dropped(int partition);
  }

  private final String topic;
  private final String reader;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Records records;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final TableProgress progress = new TableProgress();
  private final TableRefreshes refreshes = new TableRefreshes();

  private final Object lock = new Object();

  @GuardedBy("lock")
  private @Nullable Consumer<byte[], byte[]> awake;

  // Written by the feed's thread alone.
  private volatile boolean troubled;

  // Of the feed's thread alone.
  private final TablePositions goals = new TablePositions();

  /** Offset of the next record of each partition held, with which a new consumer goes on. */
  private final Map<Integer, Long> next = new HashMap<>();

  private Set<Integer> held = Set.of();
  private int partitions;

  TableFeed(
      String topic, String reader, Supplier<Consumer<byte[], byte[]>> consumers, Records records) {
    this.topic = topic;
    this.reader = reader;
    this.consumers = consumers;
    this.records = records;
    this.thread =
        Thread.ofPlatform().name(reader + "-table-" + topic).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  boolean started() {
    return thread.getState() != Thread.State.NEW;
  }

  /** Holds these partitions from now on; empty for all. */
  void want(Optional<Set<Integer>> wish) {
    progress.want(wish);
    wake();
  }

  TableProgress progress() {
    return progress;
  }

  /** False while brokers or registry are out of reach. */
  boolean reading() {
    return !troubled;
  }

  /** Waits until all has been read that the topic holds now; false when that takes too long. */
  boolean refresh(Duration limit) throws InterruptedException {
    CountDownLatch done = refreshes.ask();
    wake();
    return done.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    closing.countDown();
    wake();
    try {
      thread.join(CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void wake() {
    synchronized (lock) {
      if (awake != null) {
        awake.wakeup();
      }
    }
  }

  private void run() {
    while (closing.getCount() > 0) {
      Consumer<byte[], byte[]> consumer = null;
      try {
        consumer = consumers.get();
        synchronized (lock) {
          awake = consumer;
        }
        read(consumer);
      } catch (InterruptException e) {
        return;
      } catch (RuntimeException e) {
        // The edge of the task: whatever it was, a table that stands still helps nobody.
        trouble(e);
        pause();
      } finally {
        synchronized (lock) {
          awake = null;
        }
        if (consumer != null) {
          close(consumer);
        }
      }
    }
  }

  private void close(Consumer<byte[], byte[]> consumer) {
    try {
      consumer.close(AT_ONCE);
    } catch (RuntimeException e) {
      log.debug("consumer closed with a failure topic={}", topic, e);
    }
  }

  private void read(Consumer<byte[], byte[]> consumer) {
    while (closing.getCount() > 0) {
      try {
        assignWanted(consumer);
        if (held.isEmpty()) {
          rest();
        } else {
          for (ConsumerRecord<byte[], byte[]> record :
              consumer.poll(awaited() ? SHORT_POLL : POLL)) {
            records.read(record, partitions);
            next.put(record.partition(), record.offset() + 1);
          }
          follow(consumer);
        }
        fine();
      } catch (WakeupException e) {
        log.trace("woken topic={}", topic);
      } catch (TimeoutException e) {
        trouble(e);
        pause();
      }
    }
  }

  private boolean awaited() {
    return !goals.done() || refreshes.any() || !progress.caughtUp();
  }

  private void assignWanted(Consumer<byte[], byte[]> consumer) {
    Optional<Set<Integer>> wish = progress.wanted();
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
    records.dropped(number);
  }

  /** Sees how far the table is against what it, and whoever refreshes, wants to reach. */
  private void follow(Consumer<byte[], byte[]> consumer) {
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

  void trouble(RuntimeException e) {
    if (!troubled) {
      troubled = true;
      log.warn(
          "table cannot read, trying on topic={} reader={} cause={}", topic, reader, e.toString());
    }
  }

  private void fine() {
    if (troubled) {
      troubled = false;
      log.info("table reads again topic={} reader={}", topic, reader);
    }
  }

  /** Waits a little before another try; true when the table is being closed. */
  boolean pause() {
    return await(PAUSE);
  }

  /** Nothing is assigned. */
  private void rest() {
    await(Duration.ofMillis(50));
  }

  private boolean await(Duration limit) {
    try {
      return closing.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }
}
