package io.argos.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until told to move. Safe for use by any thread. */
public final class ManualClock implements InstantSource {
  private final Object lock = new Object();

  @GuardedBy("lock")
  private Instant now;

  public ManualClock(Instant start) {
    this.now = start;
  }

  /** A clock at noon of the first day of 2026, UTC. */
  public static ManualClock atNoon() {
    return new ManualClock(Instant.parse("2026-01-01T12:00:00Z"));
  }

  @Override
  public Instant instant() {
    synchronized (lock) {
      return now;
    }
  }

  /** Moves the clock on, or back with a negative duration. Returns the new time. */
  public Instant advance(Duration by) {
    synchronized (lock) {
      now = now.plus(by);
      return now;
    }
  }

  /** Sets the clock. */
  public void set(Instant to) {
    synchronized (lock) {
      now = to;
    }
  }
}
