package io.argos.runtime.leadership;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A term that ages: it may be acted upon while the last proof from ZooKeeper is young enough. */
final class ProvenTerm implements LeaderTerm {

  /** How long to wait for a fresh proof. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final long epoch;
  private final String latchPath;
  private final long freshNanos;
  private final Runnable askForProof;
  private final Object lock = new Object();

  private volatile long provenAt;
  private volatile boolean over;

  /**
   * A new term.
   *
   * @param epoch its epoch
   * @param latchPath the latch node that stands for it
   * @param fresh how long a proof lasts
   * @param provenAt when, in the time of {@link System#nanoTime}, the first proof was asked for
   * @param askForProof asks ZooKeeper for another proof and returns at once
   */
  ProvenTerm(long epoch, String latchPath, Duration fresh, long provenAt, Runnable askForProof) {
    this.epoch = epoch;
    this.latchPath = latchPath;
    this.freshNanos = fresh.toNanos();
    this.provenAt = provenAt;
    this.askForProof = askForProof;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  String latchPath() {
    return latchPath;
  }

  @Override
  public boolean fresh() {
    return !over && System.nanoTime() - provenAt < freshNanos;
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
   * A proof has come. It counts from when it was asked for: the answer may have lain about while
   * this process stood still.
   */
  void proven(long askedAt) {
    synchronized (lock) {
      if (askedAt - provenAt > 0) {
        provenAt = askedAt;
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
}
