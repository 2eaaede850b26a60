package io.argos.discovery.plugin.subnet;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;

/** Spaces requests evenly. Safe for use by any thread. */
final class Pace {
  private final long spacingNanos;
  private final long origin = System.nanoTime();
  private final Object lock = new Object();

  @GuardedBy("lock")
  private long nextNanos;

  Pace(int perSecond) {
    this.spacingNanos = Duration.ofSeconds(1).toNanos() / perSecond;
  }

  /** Waits for the turn of the caller. */
  void await() throws InterruptedException {
    long now = System.nanoTime() - origin;
    long turn;
    synchronized (lock) {
      turn = Math.max(nextNanos, now);
      nextNanos = turn + spacingNanos;
    }
    if (turn > now) {
      Thread.sleep(Duration.ofNanos(turn - now));
    }
  }
}
