package io.argos.runtime.agent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long the jobs ran that ended within the last minute. The leader holds this against what it
 * has to emit: as many jobs run at once as start in a second times the seconds that one takes. Safe
 * for use by any thread.
 */
final class RunTimes {
  private static final int SLOTS = 12;
  private static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /**
   * What ended within the last minute.
   *
   * @param runs jobs that ended
   * @param meanMillis how long they ran on average, 0 without any
   */
  record Lately(int runs, long meanMillis) {}

  private final LongSupplier nanoTime;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final int[] runs = new int[SLOTS];

  @GuardedBy("lock")
  private final long[] nanos = new long[SLOTS];

  @GuardedBy("lock")
  private long current;

  RunTimes(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.current = Math.floorDiv(nanoTime.getAsLong(), SLOT_NANOS);
  }

  /** A job has run to its end. */
  void ran(Duration time) {
    synchronized (lock) {
      int slot = turn();
      runs[slot]++;
      nanos[slot] += time.toNanos();
    }
  }

  Lately lately() {
    synchronized (lock) {
      var _ = turn();
      int count = 0;
      long sum = 0;
      for (int slot = 0; slot < SLOTS; slot++) {
        count += runs[slot];
        sum += nanos[slot];
      }
      return new Lately(count, count == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(sum / count));
    }
  }

  /** Empties what is older than a minute; the slot of this moment. */
  @GuardedBy("lock")
  private int turn() {
    long now = Math.floorDiv(nanoTime.getAsLong(), SLOT_NANOS);
    for (long passed = Math.max(current + 1, now - SLOTS + 1); passed <= now; passed++) {
      int slot = Math.floorMod(passed, SLOTS);
      runs[slot] = 0;
      nanos[slot] = 0;
    }
    current = Math.max(current, now);
    return Math.floorMod(current, SLOTS);
  }
}
