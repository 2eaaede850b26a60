package io.argos.runtime.agent;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Jobs by the time at which they are to be looked at. A job has one such time; setting another
 * leaves the former entry behind, which is skipped. Not safe for threads: guarded by its owner.
 */
final class DueQueue {
  private record Entry(long wakeAt, long order, HeldJob job) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(wakeAt, other.wakeAt);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long order;

  /** Sets the time at which a job is looked at. */
  void add(HeldJob job, long wakeAt) {
    job.wakeAt = wakeAt;
    entries.add(new Entry(wakeAt, order++, job));
  }

  /** The next job whose time has come, or null. */
  @Nullable HeldJob poll(long now) {
    skipLeftBehind();
    Entry first = entries.peek();
    if (first == null || first.wakeAt() > now) {
      return null;
    }
    entries.poll();
    return first.job();
  }

  /** When the next job is to be looked at; {@link Long#MAX_VALUE} when there is none. */
  long next() {
    skipLeftBehind();
    Entry first = entries.peek();
    return first == null ? Long.MAX_VALUE : first.wakeAt();
  }

  private void skipLeftBehind() {
    for (Entry first = entries.peek();
        first != null && (!first.job().waits() || first.job().wakeAt != first.wakeAt());
        first = entries.peek()) {
      entries.poll();
    }
  }
}
