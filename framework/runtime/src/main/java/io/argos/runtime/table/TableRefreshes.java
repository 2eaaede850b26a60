package io.argos.runtime.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * Those who wait until a table has read all that is in its topic now. Anybody may ask; the rest is
 * for the thread of the table.
 */
final class TableRefreshes {

  private static final class Refresh {
    final TablePositions goals = new TablePositions();
    final CountDownLatch done = new CountDownLatch(1);
    boolean aimed;
  }

  private final ConcurrentLinkedQueue<Refresh> asked = new ConcurrentLinkedQueue<>();
  private final List<Refresh> underWay = new ArrayList<>();

  /** Asks for one; the latch opens when it is done. */
  CountDownLatch ask() {
    Refresh refresh = new Refresh();
    asked.add(refresh);
    return refresh.done;
  }

  /** Whether anybody waits. */
  boolean any() {
    return !underWay.isEmpty() || !asked.isEmpty();
  }

  /** The partition is read no more. */
  void forget(TopicPartition partition) {
    underWay.forEach(refresh -> refresh.goals.forget(partition));
  }

  /**
   * Sees how far the table is.
   *
   * @param ends the ends of all partitions that are read, asked for once for each refresh
   * @param position how far a partition has been read
   */
  void follow(Supplier<Map<TopicPartition, Long>> ends, ToLongFunction<TopicPartition> position) {
    for (Refresh next = asked.poll(); next != null; next = asked.poll()) {
      underWay.add(next);
    }
    for (Refresh refresh : underWay) {
      if (!refresh.aimed) {
        refresh.goals.aim(ends.get());
        refresh.aimed = true;
      }
      refresh.goals.reached(position);
      if (refresh.goals.done()) {
        refresh.done.countDown();
      }
    }
    underWay.removeIf(refresh -> refresh.done.getCount() == 0);
  }
}
