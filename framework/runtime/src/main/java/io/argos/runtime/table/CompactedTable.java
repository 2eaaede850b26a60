package io.argos.runtime.table;

import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.topic.ResourcePartitioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;
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

  private final String topic;
  private final String reader;
  private final RecordReader<T> decoder;
  private final PoisonListener poison;
  private final TableRows<T> rows;
  private final List<TableListener<T>> listeners = new CopyOnWriteArrayList<>();
  private final TableFeed feed;
  private Predicate<String> keys = _ -> true;
  private boolean holdsRows = true;

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
    this.decoder = decoder;
    this.poison = poison;
    this.rows = new TableRows<>(decoder);
    this.feed = new TableFeed(topic, reader, consumers, new Rows());
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
    feed.start();
  }

  /** Holds exactly these partitions from now on. Returns at once. */
  public void assign(Set<Integer> partitions) {
    feed.want(Optional.of(Set.copyOf(partitions)));
  }

  /** Holds all partitions of the topic. Returns at once. */
  public void assignAll() {
    feed.want(Optional.empty());
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
    return feed.reading();
  }

  /** True when the table has read what the partition held when it was assigned. */
  public boolean caughtUp(int partition) {
    return feed.progress().caughtUp(partition);
  }

  /** True when that holds of every partition asked for. */
  public boolean caughtUp() {
    return feed.progress().caughtUp();
  }

  /** Waits until {@link #caughtUp()}; false when that takes too long. */
  public boolean awaitCaughtUp(Duration limit) throws InterruptedException {
    return feed.progress().await(limit);
  }

  /**
   * Waits until the table has read all that the topic holds at the time of the call; false when
   * that takes too long. Not to be called from a listener.
   */
  public boolean refresh(Duration limit) throws InterruptedException {
    return feed.refresh(limit);
  }

  /** Stops reading; waits for that a few seconds at most. The rows stay readable. */
  @Override
  public void close() {
    feed.close();
  }

  private void requireNotStarted(String what) {
    if (feed.started()) {
      throw new IllegalStateException(
          "%s of the table of %s comes too late".formatted(what, topic));
    }
  }

  /** What the feed reads. */
  private final class Rows implements TableFeed.Records {
    @Override
    public void read(ConsumerRecord<byte[], byte[]> record, int partitions) {
      apply(record, partitions);
    }

    @Override
    public void dropped(int partition) {
      rows.drop(partition);
      listeners.forEach(listener -> tell(() -> listener.dropped(partition)));
    }
  }

  private void apply(ConsumerRecord<byte[], byte[]> record, int partitions) {
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
        feed.trouble(e);
        if (feed.pause()) {
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
    } catch (RuntimeException | Error e) {
      log.error("table listener failed topic={} reader={}", topic, reader, e);
    }
  }
}
