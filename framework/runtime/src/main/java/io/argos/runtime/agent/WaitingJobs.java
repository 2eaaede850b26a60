package io.argos.runtime.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The jobs that wait, by what they are about. Not safe for threads: guarded by its owner. */
final class WaitingJobs {
  private final Map<HeldJob.Target, List<HeldJob>> byTarget = new HashMap<>();
  private int size;
  private int late;

  void add(HeldJob job) {
    byTarget.computeIfAbsent(job.target(), _ -> new ArrayList<>(2)).add(job);
    job.partition().held.add(job);
    size++;
    if (job.due) {
      late++;
    }
  }

  void remove(HeldJob job) {
    List<HeldJob> same = byTarget.get(job.target());
    if (same == null || !same.remove(job)) {
      return;
    }
    if (same.isEmpty()) {
      byTarget.remove(job.target());
    }
    job.partition().held.remove(job);
    size--;
    if (job.due) {
      late--;
    }
  }

  /** The job is due from now on. */
  void fellDue(HeldJob job) {
    job.due = true;
    late++;
  }

  /** The waiting job with the same id, or null. */
  @Nullable HeldJob twinOf(HeldJob job) {
    for (HeldJob other : same(job)) {
      if (other.job().getJobId().equals(job.job().getJobId())) {
        return other;
      }
    }
    return null;
  }

  /**
   * The waiting jobs whose place is taken by a job emitted under another configuration: those due
   * with it or later. Earlier ones were not emitted again and stay.
   */
  List<HeldJob> reconfiguredBy(HeldJob job) {
    return same(job).stream()
        .filter(other -> other != job && other.dueAt() >= job.dueAt() && !other.configuredLike(job))
        .toList();
  }

  /**
   * The other waiting jobs of the same target and reason that are due. What was asked for out of
   * turn consumes no slot, and no slot stands for what somebody asked for.
   */
  List<HeldJob> othersDue(HeldJob job) {
    return same(job).stream()
        .filter(other -> other != job && other.due)
        .filter(other -> other.job().getReason() == job.job().getReason())
        .toList();
  }

  int size() {
    return size;
  }

  int late() {
    return late;
  }

  private List<HeldJob> same(HeldJob job) {
    return byTarget.getOrDefault(job.target(), List.of());
  }
}
