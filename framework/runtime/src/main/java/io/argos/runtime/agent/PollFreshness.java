package io.argos.runtime.agent;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether this agent may believe that its partitions are its own. A process that was stopped for
 * longer than its session finds its jobs where it left them, while another agent has them already;
 * so nothing is started unless the poll loop turned recently, and after a gap not before the group
 * has confirmed the membership.
 */
final class PollFreshness {
  private final long limit;
  private final LongSupplier nanoTime;
  private volatile long last;
  private volatile boolean proven;

  PollFreshness(Duration limit, LongSupplier nanoTime) {
    this.limit = limit.toNanos();
    this.nanoTime = nanoTime;
    this.last = nanoTime.getAsLong();
  }

  /** Whether jobs may be started now. */
  boolean fresh() {
    return proven && nanoTime.getAsLong() - last < limit;
  }

  /**
   * The poll loop has turned.
   *
   * @return false when it has not for too long, or when that is still to be mended by a proof
   */
  boolean turned() {
    long now = nanoTime.getAsLong();
    if (now - last >= limit) {
      proven = false;
    }
    last = now;
    return proven;
  }

  /**
   * The group has confirmed the membership in answer to a question asked then.
   *
   * @param asked value of the nano clock
   */
  void proven(long asked) {
    if (nanoTime.getAsLong() - asked < limit) {
      proven = true;
    }
  }

  /** The membership is over, or unknown. */
  void doubted() {
    proven = false;
  }
}
