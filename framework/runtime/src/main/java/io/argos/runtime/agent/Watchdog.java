package io.argos.runtime.agent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches deadlines on a platform thread, since virtual threads that never yield could hold up a
 * virtual one: interrupts at the deadline, once more a little later, and gives the thread up for
 * leaked after that.
 */
final class Watchdog implements AutoCloseable {
  /** What is watched. Called by the watchdog's thread; must not block. */
  interface Watched {
    /** The deadline has passed. Called again two seconds later if the watch is not ended. */
    void overdue();

    /** Neither interrupt helped. */
    void leaked();
  }

  /** A deadline under watch. */
  final class Deadline implements Comparable<Deadline> {
    private final Watched watched;
    private final long order;
    private Step step = Step.INTERRUPT;
    private long at;
    private boolean ended;

    private Deadline(Watched watched, long deadline, long order) {
      this.watched = watched;
      this.order = order;
      this.at = deadline;
    }

    /** Ends the watch. */
    void end() {
      lock.lock();
      try {
        ended = true;
        deadlines.remove(this);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public int compareTo(Deadline other) {
      int byTime = Long.compare(at - other.at, 0);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(order);
    }
  }

  private enum Step {
    INTERRUPT,
    INTERRUPT_AGAIN,
    GIVE_UP
  }

  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
  private static final long SECOND_INTERRUPT = TimeUnit.SECONDS.toNanos(2);

  private final long leakAfter;

  /** From the first interrupt to the second. */
  private final long second;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final TreeSet<Deadline> deadlines = new TreeSet<>();

  @GuardedBy("lock")
  private long order;

  private final Thread thread;

  Watchdog(String threadName, Duration leakAfter) {
    this.leakAfter = leakAfter.toNanos();
    this.second = Math.min(SECOND_INTERRUPT, this.leakAfter);
    this.thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Watches until the watch is ended; the deadline is a value of {@link System#nanoTime}. */
  Deadline watch(Watched watched, long deadline) {
    lock.lock();
    try {
      Deadline added = new Deadline(watched, deadline, order++);
      deadlines.add(added);
      if (deadlines.first() == added) {
        changed.signal();
      }
      return added;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Acts on all deadlines that have passed. Each step counts from the one before and not from the
   * deadline: a process that stood still past both gives its jobs their time to end all the same.
   */
  void look(long now) {
    for (Deadline passed = takePassed(now); passed != null; passed = takePassed(now)) {
      try {
        switch (passed.step) {
          case INTERRUPT -> {
            passed.watched.overdue();
            again(passed, Step.INTERRUPT_AGAIN, now + second);
          }
          case INTERRUPT_AGAIN -> {
            passed.watched.overdue();
            again(passed, Step.GIVE_UP, now + leakAfter - second);
          }
          case GIVE_UP -> passed.watched.leaked();
        }
      } catch (RuntimeException | Error e) {
        // The edge of the loop: without it no job would be interrupted any more.
        log.error("deadline failed step={}", passed.step, e);
      }
    }
  }

  private @Nullable Deadline takePassed(long now) {
    lock.lock();
    try {
      if (deadlines.isEmpty() || deadlines.first().at - now > 0) {
        return null;
      }
      return deadlines.pollFirst();
    } finally {
      lock.unlock();
    }
  }

  private void again(Deadline passed, Step step, long at) {
    lock.lock();
    try {
      passed.step = step;
      passed.at = at;
      if (!passed.ended) {
        deadlines.add(passed);
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look(System.nanoTime());
        await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (deadlines.isEmpty()) {
        changed.await();
      } else {
        long wait = deadlines.first().at - System.nanoTime();
        if (wait > 0) {
          var _ = changed.awaitNanos(wait);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
