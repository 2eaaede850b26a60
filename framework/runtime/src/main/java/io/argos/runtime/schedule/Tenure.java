package io.argos.runtime.schedule;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.argos.runtime.leadership.LeaderTerm;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One term of a scheduler as its ticks see it: the emission, its checkpoints, and what to do when
 * Kafka takes nothing. One tick at a time; safe for use by any thread.
 */
final class Tenure implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Tenure.class);
  private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);

  /** How long a tick may go on after its term is over; it looks at the term itself. */
  private static final Duration LAST_TICK = Duration.ofSeconds(3);

  private final SchedulerSpec spec;
  private final LeaderTerm term;
  private final Emission emission;
  private final CheckpointStore checkpoints;
  private final InstantSource clock;
  private final Resignation resignation;
  private final ReentrantLock turn = new ReentrantLock();

  @GuardedBy("turn")
  private OptionalLong checkpointedAt = OptionalLong.empty();

  @GuardedBy("turn")
  private OptionalLong failingSince = OptionalLong.empty();

  @GuardedBy("turn")
  private boolean over;

  private volatile long watermark;

  /** Gives the leadership up. */
  @FunctionalInterface
  interface Resignation {
    void hand(String why);
  }

  Tenure(
      SchedulerSpec spec,
      LeaderTerm term,
      Emission emission,
      CheckpointStore checkpoints,
      InstantSource clock,
      Resignation resignation) {
    this.spec = spec;
    this.term = term;
    this.emission = emission;
    this.checkpoints = checkpoints;
    this.clock = clock;
    this.resignation = resignation;
    this.watermark = emission.watermark();
  }

  LeaderTerm term() {
    return term;
  }

  /** Up to when all slots are in the log. */
  long watermark() {
    return watermark;
  }

  /** Emits what is due to be emitted; nothing when the last tick is still at it. */
  void tick() {
    if (!turn.tryLock()) {
      return;
    }
    try {
      if (over || !term.mayAct()) {
        return;
      }
      boolean through = emission.turn(clock.millis());
      watermark = emission.watermark();
      judge(through);
      if (through && checkpointIsDue()) {
        checkpoint();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The edge of the task: the next tick does what this one did not.
      log.error("tick failed stage={}", spec.stage(), e);
    } finally {
      turn.unlock();
    }
  }

  /** Notes how far it came, if it may still say so; false when a tick is too slow to end. */
  boolean checkpointNow() {
    try {
      if (!turn.tryLock(LAST_TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
      try {
        if (!over && term.fresh()) {
          checkpoint();
        }
        return true;
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits for the last tick; nothing is emitted once this has returned. */
  @Override
  public void close() {
    try {
      if (!turn.tryLock(LAST_TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("the last tick of a term is slow to end stage={}", spec.stage());
        return;
      }
      try {
        over = true;
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A leader that ZooKeeper hears and Kafka does not must make room before the lookahead is over.
   */
  @GuardedBy("turn")
  private void judge(boolean through) {
    if (through) {
      if (failingSince.isPresent()) {
        failingSince = OptionalLong.empty();
        log.info("jobs are written again stage={}", spec.stage());
      }
      return;
    }
    long now = System.nanoTime();
    if (failingSince.isEmpty()) {
      failingSince = OptionalLong.of(now);
      log.warn("jobs cannot be written, trying on stage={}", spec.stage());
    } else if (now - failingSince.getAsLong() > spec.config().lookahead().toNanos() / 2) {
      failingSince = OptionalLong.empty();
      resignation.hand("jobs could not be written for half a lookahead");
    }
  }

  /** At once when a term begins: a successor that finds none knows of no slot before its own. */
  @GuardedBy("turn")
  private boolean checkpointIsDue() {
    return checkpointedAt.isEmpty()
        || System.nanoTime() - checkpointedAt.getAsLong() >= CHECKPOINT_EVERY.toNanos();
  }

  @GuardedBy("turn")
  private void checkpoint() {
    checkpointedAt = OptionalLong.of(System.nanoTime());
    checkpoints.write(emission.progress(), term.epoch(), clock.instant());
  }
}
