package io.argos.runtime.table;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions a table is to hold, and which of them it has read to the end that they had when
 * they were assigned. Safe for use by any thread.
 */
final class TableProgress {

  private final Object lock = new Object();

  /** An empty wish is for all partitions, none at all leaves the table idle. */
  @GuardedBy("lock")
  private @Nullable Optional<Set<Integer>> wanted;

  @GuardedBy("lock")
  private final Set<Integer> caughtUp = new HashSet<>();

  /** Number of partitions of the topic, 0 until it is known. */
  @GuardedBy("lock")
  private int partitions;

  /** Holds these from now on; empty for all. */
  void want(Optional<Set<Integer>> wish) {
    synchronized (lock) {
      wanted = wish;
      wish.ifPresent(caughtUp::retainAll);
    }
  }

  /** What is wanted; null as long as nobody has said. */
  @Nullable Optional<Set<Integer>> wanted() {
    synchronized (lock) {
      return wanted;
    }
  }

  void partitions(int number) {
    synchronized (lock) {
      partitions = number;
    }
  }

  /** These have been read to the end. What is not wanted any more is not caught up. */
  void reached(Set<Integer> numbers) {
    synchronized (lock) {
      caughtUp.addAll(numbers);
      if (wanted != null) {
        wanted.ifPresent(caughtUp::retainAll);
      }
      lock.notifyAll();
    }
  }

  boolean caughtUp(int partition) {
    synchronized (lock) {
      return caughtUp.contains(partition);
    }
  }

  boolean caughtUp() {
    synchronized (lock) {
      return allCaughtUp();
    }
  }

  /** Waits until all are caught up; false when that takes too long. */
  boolean await(Duration limit) throws InterruptedException {
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

  /** A table of all partitions is caught up when every one is, which needs their number. */
  @GuardedBy("lock")
  private boolean allCaughtUp() {
    if (wanted == null) {
      return false;
    }
    return wanted
        .map(caughtUp::containsAll)
        .orElse(partitions > 0 && caughtUp.size() == partitions);
  }
}
