package io.argos.manager.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decides what follows when a thread of a topology dies: a new one, or, when too many have died in
 * a short time, the end of the topology, since a hot loop of crashes helps nobody. Safe for use by
 * any thread.
 */
final class ThreadDeaths {
  private static final int BEARABLE = 5;
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Deque<Instant> deaths = new ArrayDeque<>();

  ThreadDeaths(InstantSource clock) {
    this.clock = clock;
  }

  /** Notes a death; true while threads may be replaced. */
  boolean note() {
    Instant now = clock.instant();
    synchronized (lock) {
      deaths.addLast(now);
      while (deaths.getFirst().isBefore(now.minus(WITHIN))) {
        deaths.removeFirst();
      }
      return deaths.size() <= BEARABLE;
    }
  }
}
