package io.argos.runtime.leadership;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A term that ages: it may be acted upon while the last proof is young enough. A proof comes from
 * ZooKeeper, or for as long as the lease lasts from the log, where whoever follows publishes a
 * higher epoch before anything else.
 */
final class ProvenTerm implements LeaderTerm {

  /** How long to wait for a fresh proof. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * What stands for a term in ZooKeeper.
   *
   * @param latchPath the latch node
   * @param session the session that owns it
   */
  record Seat(String latchPath, long session) {}

  private final long epoch;
  private final Seat seat;
  private final long freshNanos;
  private final long leaseNanos;
  private final Runnable askForProof;
  private final Object lock = new Object();

  private volatile long provenAt;
  private volatile long unfollowedAt;
  private volatile boolean over;

  /**
   * A new term.
   *
   * @param epoch its epoch
   * @param seat what stands for it in ZooKeeper
   * @param candidate says how long proofs last
   * @param provenAt when, in the time of {@link System#nanoTime}, the first proof was asked for
   * @param askForProof asks for another proof and returns at once
   */
  ProvenTerm(long epoch, Seat seat, Candidate candidate, long provenAt, Runnable askForProof) {
    this.epoch = epoch;
    this.seat = seat;
    this.freshNanos = candidate.fresh().toNanos();
    this.leaseNanos = candidate.lease().toNanos();
    this.provenAt = provenAt;
    this.unfollowedAt = provenAt;
    this.askForProof = askForProof;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  Seat seat() {
    return seat;
  }

  @Override
  public boolean fresh() {
    return !over && (confirmed() || unfollowed());
  }

  /** True while ZooKeeper has confirmed this term so recently that nobody else can be elected. */
  boolean confirmed() {
    return System.nanoTime() - provenAt < freshNanos;
  }

  /** True when ZooKeeper's last confirmation will soon be too old. */
  boolean ages() {
    return System.nanoTime() - provenAt > freshNanos / 2;
  }

  /** True while this term is acted upon by a proof from the log alone. */
  boolean caretaking() {
    return !over && !confirmed() && unfollowed();
  }

  @Override
  public Duration leaseLeft() {
    return Duration.ofNanos(Math.max(0, leaseNanos - (System.nanoTime() - provenAt)));
  }

  @Override
  public boolean mayAct() throws InterruptedException {
    if (fresh() || over) {
      return !over;
    }
    askForProof.run();
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (lock) {
      while (!over && !fresh() && System.nanoTime() < end) {
        TimeUnit.NANOSECONDS.timedWait(lock, Math.max(1, end - System.nanoTime()));
      }
    }
    return fresh();
  }

  /**
   * ZooKeeper has confirmed the term. That counts from when it was asked: the answer may have lain
   * about while this process stood still.
   */
  void proven(long askedAt) {
    synchronized (lock) {
      if (askedAt - provenAt > 0) {
        provenAt = askedAt;
      }
      lock.notifyAll();
    }
  }

  /** The log, read to an end that was asked for at that time, knows of no higher epoch. */
  void unfollowed(long askedAt) {
    synchronized (lock) {
      if (askedAt - unfollowedAt > 0) {
        unfollowedAt = askedAt;
      }
      lock.notifyAll();
    }
  }

  /** Nothing more is to be done under this term. Never blocks. */
  void end() {
    over = true;
    synchronized (lock) {
      lock.notifyAll();
    }
  }

  boolean over() {
    return over;
  }

  private boolean unfollowed() {
    long now = System.nanoTime();
    return now - unfollowedAt < freshNanos && now - provenAt < leaseNanos;
  }
}
