package io.argos.runtime.table;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

  /** Of the feed's thread alone. */
  private final TableAssignment assignment;

  private final Object lock = new Object();

  @GuardedBy("lock")
  private @Nullable Consumer<byte[], byte[]> awake;

  // Written by the feed's thread alone.
  private volatile boolean troubled;

  TableFeed(
      String topic, String reader, Supplier<Consumer<byte[], byte[]>> consumers, Records records) {
    this.topic = topic;
    this.reader = reader;
    this.consumers = consumers;
    this.records = records;
    this.assignment = new TableAssignment(topic, progress, refreshes, records::dropped);
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
      } catch (RuntimeException | Error e) {
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
        assignment.follow(progress.wanted(), consumer);
        if (assignment.empty()) {
          rest();
        } else {
          for (ConsumerRecord<byte[], byte[]> record :
              consumer.poll(assignment.behind() ? SHORT_POLL : POLL)) {
            records.read(record, assignment.partitions());
            assignment.read(record);
          }
          assignment.measure(consumer);
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

  void trouble(Throwable e) {
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
