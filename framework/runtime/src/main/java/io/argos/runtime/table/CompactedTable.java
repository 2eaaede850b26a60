package io.argos.runtime.table;

import static java.util.stream.Collectors.toSet;

import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.topic.ResourcePartitioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
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
 * A compacted topic as a table: the last value of each key, for the partitions it is told to hold.
 *
 * <p>It reads without a consumer group on a platform thread of its own, holds the encoded bytes and
 * decodes them when asked. A record that cannot be read goes to the poison listener and the key
 * keeps its former value. It outlives outages of the brokers and of the schema registry.
 *
 * <p>Safe for use by any thread; {@link #find} and {@link #scan} never block.
 */
public final class CompactedTable<T extends SpecificRecord> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CompactedTable.class);
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

  private final String topic;
  private final String reader;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final RecordReader<T> decoder;
  private final PoisonListener poison;
  private final TableRows<T> rows;
  private final List<TableListener<T>> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private Predicate<String> keys = _ -> true;
  private boolean holdsRows = true;
  private final TableRefreshes refreshes = new TableRefreshes();

  private final Object lock = new Object();
  // Guarded by lock. An empty wish is for all partitions, none at all leaves the table idle.
  private @Nullable Optional<Set<Integer>> wanted;
  private final Set<Integer> caughtUp = new HashSet<>();
  private @Nullable Consumer<byte[], byte[]> awake;

  // Written by the table's thread alone.
  private volatile boolean troubled;

  // Of the table's thread alone.
  private final TablePositions goals = new TablePositions();

  /** Offset of the next record of each partition held, with which a new consumer goes on. */
  private final Map<Integer, Long> next = new HashMap<>();

  private Set<Integer> held = Set.of();
  private int partitions;

  /**
   * A table that is not started yet.
   *
   * @param topic the topic to read
   * @param reader who reads, for threads, logs and dead letters
   * @param consumers makes a consumer without group that starts at the earliest offset and sees
   *     committed records only; the table closes it
   * @param decoder how values are read
   * @param poison where unreadable records go
   */
  public CompactedTable(
      String topic,
      String reader,
      Supplier<Consumer<byte[], byte[]>> consumers,
      RecordReader<T> decoder,
      PoisonListener poison) {
    this.topic = topic;
    this.reader = reader;
    this.consumers = consumers;
    this.decoder = decoder;
    this.poison = poison;
    this.rows = new TableRows<>(decoder);
    this.thread =
        Thread.ofPlatform().name(reader + "-table-" + topic).daemon().unstarted(this::run);
  }

  /** Has a listener called on every change. Listeners come before {@link #start}. */
  public void listen(TableListener<T> listener) {
    requireNotStarted("a listener");
    listeners.add(listener);
  }

  /**
   * Has the table hold, and tell its listeners of, only the rows whose keys pass. Comes before
   * {@link #start}.
   */
  public void only(Predicate<String> keys) {
    requireNotStarted("a choice of keys");
    this.keys = keys;
  }

  /**
   * Has the table hold no rows at all: its listeners hear of every value and of every deletion, and
   * {@code before} is always empty. For those who keep a summary of their own. Comes before {@link
   * #start}.
   */
  public void holdNothing() {
    requireNotStarted("the wish to hold no rows");
    holdsRows = false;
  }

  /** Starts to read, once it is told which partitions. Returns at once. */
  public void start() {
    thread.start();
  }

  /** Holds exactly these partitions from now on. Returns at once. */
  public void assign(Set<Integer> partitions) {
    want(Optional.of(Set.copyOf(partitions)));
  }

  /** Holds all partitions of the topic. Returns at once. */
  public void assignAll() {
    want(Optional.empty());
  }

  /** The last value of a key; shared with others, so nobody may change it. */
  public Optional<T> find(String key) {
    return rows.find(key);
  }

  /** The rows whose keys begin with a prefix, in the order of the keys. */
  public List<TableEntry<T>> scan(String prefix) {
    return rows.scan(prefix);
  }

  /** Number of rows. */
  public int size() {
    return rows.size();
  }

  /** False while brokers or registry are out of reach and the rows may be those of before. */
  public boolean reading() {
    return !troubled;
  }

  /** True when the table has read what the partition held when it was assigned. */
  public boolean caughtUp(int partition) {
    synchronized (lock) {
      return caughtUp.contains(partition);
    }
  }

  /** True when that holds of every partition asked for. */
  public boolean caughtUp() {
    synchronized (lock) {
      return allCaughtUp();
    }
  }

  /** Waits until {@link #caughtUp()}; false when that takes too long. */
  public boolean awaitCaughtUp(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    synchronized (lock) {
      while (!allCaughtUp()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(lock, left);
      }
      return true;
    }
  }

  /**
   * Waits until the table has read all that the topic holds at the time of the call; false when
   * that takes too long. Not to be called from a listener.
   */
  public boolean refresh(Duration limit) throws InterruptedException {
    CountDownLatch done = refreshes.ask();
    wake();
    return done.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Stops reading; waits for that a few seconds at most. The rows stay readable. */
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

  private void requireNotStarted(String what) {
    if (thread.getState() != Thread.State.NEW) {
      throw new IllegalStateException(
          "%s of the table of %s comes too late".formatted(what, topic));
    }
  }

  private void want(Optional<Set<Integer>> wish) {
    synchronized (lock) {
      wanted = wish;
      wish.ifPresent(caughtUp::retainAll);
    }
    wake();
  }

  private void wake() {
    synchronized (lock) {
      if (awake != null) {
        awake.wakeup();
      }
    }
  }

  /** A table of all partitions is caught up when every one is, which needs their number. */
  private boolean allCaughtUp() {
    if (wanted == null) {
      return false;
    }
    return wanted
        .map(caughtUp::containsAll)
        .orElse(partitions > 0 && caughtUp.size() == partitions);
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
            apply(record);
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
    return !goals.done() || refreshes.any() || !caughtUp();
  }

  private void assignWanted(Consumer<byte[], byte[]> consumer) {
    Optional<Set<Integer>> wish;
    synchronized (lock) {
      if (wanted == null) {
        return;
      }
      wish = wanted;
    }
    if (partitions == 0) {
      List<PartitionInfo> known = consumer.partitionsFor(topic, ASK);
      if (known == null || known.isEmpty()) {
        throw new TimeoutException("the topic does not exist");
      }
      synchronized (lock) {
        partitions = known.size();
      }
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
    rows.drop(number);
    listeners.forEach(listener -> tell(() -> listener.dropped(number)));
  }

  /** Sees how far the table is against what it, and whoever refreshes, wants to reach. */
  private void follow(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> aimless = new ArrayList<>();
    for (int number : held) {
      if (!caughtUp(number) && !goals.aims(at(number))) {
        aimless.add(at(number));
      }
    }
    if (!aimless.isEmpty()) {
      goals.aim(consumer.endOffsets(aimless, ASK));
    }
    Set<TopicPartition> reached = goals.reached(partition -> consumer.position(partition, ASK));
    if (!reached.isEmpty()) {
      synchronized (lock) {
        reached.forEach(partition -> caughtUp.add(partition.partition()));
        // The wish may have changed meanwhile, and a partition that goes is not caught up.
        if (wanted != null) {
          wanted.ifPresent(caughtUp::retainAll);
        }
        lock.notifyAll();
      }
    }
    refreshes.follow(
        () -> consumer.endOffsets(consumer.assignment(), ASK),
        partition -> consumer.position(partition, ASK));
  }

  private void apply(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      reject(record, "a record without a key in a compacted topic");
      return;
    }
    int home = ResourcePartitioner.partitionOf(record.key(), partitions);
    if (home != record.partition()) {
      reject(record, "its key belongs to partition " + home);
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (!keys.test(key)) {
      return;
    }
    var place = new TableEntry.Place(record.partition(), record.offset(), record.timestamp());
    if (record.value() == null) {
      Optional<T> before = rows.remove(key);
      if (before.isPresent() || !holdsRows) {
        changed(key, before, Optional.empty(), place);
      }
      return;
    }
    switch (decode(record.value())) {
      case Decoded.Value<T>(T value) -> {
        Optional<T> before = holdsRows ? rows.put(key, record.value(), place) : Optional.empty();
        changed(key, before, Optional.of(value), place);
      }
      case Decoded.Poison<T>(String reason) -> reject(record, reason);
    }
  }

  /** Reads a value; while the registry is out of reach there is nothing better than to wait. */
  private Decoded<T> decode(byte[] value) {
    while (true) {
      try {
        return decoder.read(value);
      } catch (SchemaException e) {
        // Only a registry out of reach is thrown; a schema that it does not know is poison.
        trouble(e);
        if (pause()) {
          throw new WakeupException();
        }
      }
    }
  }

  private void changed(String key, Optional<T> before, Optional<T> after, TableEntry.Place place) {
    listeners.forEach(listener -> tell(() -> listener.changed(key, before, after, place)));
  }

  private void reject(ConsumerRecord<byte[], byte[]> record, String reason) {
    tell(() -> poison.poisoned(record, reason));
  }

  /** The edge between the table and its listeners. */
  private void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      log.error("table listener failed topic={} reader={}", topic, reader, e);
    }
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

  private void trouble(RuntimeException e) {
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
  private boolean pause() {
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
