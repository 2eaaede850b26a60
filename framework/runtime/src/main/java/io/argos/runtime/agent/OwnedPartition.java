package io.argos.runtime.agent;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One assignment of a partition to this agent. A later assignment of the same is another one. */
final class OwnedPartition {
  private final int number;
  private final OffsetTracker offsets = new OffsetTracker();
  private final Set<Execution> executions = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private int open;
  private boolean begun;
  private volatile boolean owned = true;
  private volatile boolean settled;
  private volatile String cancelled = "";

  // Guarded by the job board.
  final Set<HeldJob> held = new HashSet<>();
  final SeenJobs seen = new SeenJobs();

  OwnedPartition(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  OffsetTracker offsets() {
    return offsets;
  }

  /** Whether jobs of it may still be started. */
  boolean owned() {
    return owned;
  }

  /** Its first job has been read; true the first time only. For one thread. */
  boolean begin() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  /** Whether it is known what its former owner has done, as far as that can be known. */
  boolean settled() {
    return settled;
  }

  void settle() {
    settled = true;
  }

  void disown() {
    owned = false;
  }

  /** An execution or an outcome is under way. */
  void opened() {
    synchronized (lock) {
      open++;
    }
  }

  /** The outcome of an offset has been acknowledged. */
  void closed(long offset) {
    offsets.done(offset);
    synchronized (lock) {
      open--;
      lock.notifyAll();
    }
  }

  /** An execution did not begin after all; its offset stays as it is. */
  void abandoned() {
    synchronized (lock) {
      open--;
      lock.notifyAll();
    }
  }

  /** Executions and outcomes under way. */
  int open() {
    synchronized (lock) {
      return open;
    }
  }

  /**
   * Waits until no execution and no outcome is under way.
   *
   * @return whether that came true before the deadline, a value of {@link System#nanoTime}
   */
  boolean awaitQuiet(long deadline) throws InterruptedException {
    synchronized (lock) {
      while (open > 0) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        lock.wait(left / 1_000_000, (int) (left % 1_000_000));
      }
      return true;
    }
  }

  /** An execution begins; it is cancelled at once when the partition was. */
  void add(Execution execution) {
    executions.add(execution);
    if (!cancelled.isEmpty()) {
      execution.cancel(cancelled);
    }
  }

  void remove(Execution execution) {
    executions.remove(execution);
  }

  /** Interrupts what still runs. */
  void cancel(String why) {
    cancelled = why;
    executions.forEach(execution -> execution.cancel(why));
  }
}
