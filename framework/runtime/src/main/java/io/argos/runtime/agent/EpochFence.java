package io.argos.runtime.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Keeps out the jobs of a leader that was replaced and does not know it yet.
 *
 * <p>Within a partition the log decides: behind the first job of a higher epoch, no lower one
 * counts. Jobs before it do, since the new leader resumes behind the old one's watermark and does
 * not emit them again. Across partitions only time can decide: a job of a lower epoch is kept out
 * when it was appended after the higher epoch was first seen in the log. Exact where the topics
 * take the broker's time of appending.
 *
 * <p>Not safe for threads: guarded by its owner.
 */
final class EpochFence {
  /**
   * How far the clocks of two brokers may be apart. To keep out a job that counts would lose it; to
   * let one in that does not is harmless, since its id is that of the new leader's job.
   */
  private static final long TOLERANCE_MILLIS = 1_000;

  /** Takeovers that are remembered; the jobs topic holds an hour. */
  private static final int REMEMBERED = 64;

  private final Map<Integer, Long> highest = new HashMap<>();
  private final NavigableMap<Long, Long> takenOver = new TreeMap<>();

  /**
   * A partition is read from its committed offset again: what was seen behind that is forgotten.
   */
  void assigned(int partition) {
    highest.remove(partition);
  }

  /** A leader took this epoch, no later than then. */
  void observe(long epoch, long appendedAt) {
    takenOver.merge(epoch, appendedAt, Math::min);
    if (takenOver.size() > REMEMBERED) {
      takenOver.pollFirstEntry();
    }
  }

  /** Whether the next job of a partition counts. */
  boolean admits(int partition, long epoch, long appendedAt) {
    long seen = highest.getOrDefault(partition, Long.MIN_VALUE);
    if (epoch < seen) {
      return false;
    }
    if (epoch > seen) {
      highest.put(partition, epoch);
      observe(epoch, appendedAt);
    }
    return !stale(epoch, appendedAt);
  }

  /** Whether a job was written after a higher epoch had been taken. */
  boolean stale(long epoch, long appendedAt) {
    for (long since : takenOver.tailMap(epoch, false).values()) {
      if (appendedAt > since + TOLERANCE_MILLIS) {
        return true;
      }
    }
    return false;
  }

  /** Why a job of an epoch does not count, for a reader. */
  String why(long epoch) {
    return "epoch " + epoch + " was followed by " + highest();
  }

  /** The highest epoch seen, 0 before any. */
  long highest() {
    return takenOver.isEmpty() ? 0 : takenOver.lastKey();
  }
}
