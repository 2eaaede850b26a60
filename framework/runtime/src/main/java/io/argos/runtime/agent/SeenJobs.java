package io.argos.runtime.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The ids of the jobs of one partition that were taken in within their last two intervals. Not safe
 * for threads: guarded by its owner.
 */
final class SeenJobs {
  /** Shortest time for which an id is kept, for work that does not repeat or repeats fast. */
  private static final long SHORTEST_MILLIS = 120_000;

  private record Expiry(long at, String jobId) implements Comparable<Expiry> {
    @Override
    public int compareTo(Expiry other) {
      return Long.compare(at, other.at);
    }
  }

  private final Map<String, Long> until = new HashMap<>();
  private final PriorityQueue<Expiry> expiries = new PriorityQueue<>();

  /**
   * Notes an id.
   *
   * @return false when it is known
   */
  boolean add(String jobId, long dueAt, long intervalMillis, long now) {
    forgetOld(now);
    long end = Math.max(dueAt, now) + Math.max(2 * intervalMillis, SHORTEST_MILLIS);
    if (until.putIfAbsent(jobId, end) != null) {
      return false;
    }
    expiries.add(new Expiry(end, jobId));
    return true;
  }

  /** Forgets an id, so that the job can come again. */
  void forget(String jobId) {
    until.remove(jobId);
  }

  int size() {
    return until.size();
  }

  private void forgetOld(long now) {
    for (Expiry first = expiries.peek();
        first != null && first.at() <= now;
        first = expiries.peek()) {
      expiries.poll();
      // An id that was forgotten and came again has a later end of its own.
      until.remove(first.jobId(), first.at());
    }
  }
}
