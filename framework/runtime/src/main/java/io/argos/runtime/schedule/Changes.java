package io.argos.runtime.schedule;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What has changed about targets and may not have been acted upon yet. Standbys keep it as well: a
 * leader may die between a change and the jobs that follow from it, and the next one acts on every
 * change that its predecessor's last checkpoint does not cover. Safe for use by any thread.
 */
final class Changes {

  /** What caused a FIRST job, and when. */
  record First(String cause, long causedAt) {}

  /** All changes up to some moment: of each target the time after which its slots are concerned. */
  record Batch(Map<TargetKey, Long> changed, Map<TargetKey, First> firsts) {}

  /** So many are kept of a target; of one that changes more often the oldest are forgotten. */
  private static final int MOST_OF_ONE = 64;

  private final Object lock = new Object();

  /** A standby does not know which of them a leader has acted upon, and keeps them apart. */
  @GuardedBy("lock")
  private Map<TargetKey, long[]> changed = new LinkedHashMap<>();

  @GuardedBy("lock")
  private Map<TargetKey, First> firsts = new LinkedHashMap<>();

  /** The target is new, or its slots after {@code at} are; those it had are nobody's any more. */
  void renewed(TargetKey key, long at) {
    synchronized (lock) {
      changed.remove(key);
      changed(key, at);
    }
  }

  /** Which slots after {@code at} are to be run has changed, or what running them means. */
  void changed(TargetKey key, long at) {
    synchronized (lock) {
      changed.merge(
          key,
          new long[] {at},
          (before, _) ->
              LongStream.concat(
                      LongStream.of(before).skip(Math.max(0, before.length + 1 - MOST_OF_ONE)),
                      LongStream.of(at))
                  .toArray());
    }
  }

  /** The target shall have a FIRST job. */
  void first(TargetKey key, String cause, long causedAt) {
    synchronized (lock) {
      firsts.put(key, new First(cause, causedAt));
    }
  }

  void removed(TargetKey key) {
    synchronized (lock) {
      changed.remove(key);
      firsts.remove(key);
    }
  }

  /** All slots from now on will be emitted anyway. */
  void forgetSlots() {
    synchronized (lock) {
      changed.clear();
    }
  }

  /** A leader that was alive after this time has acted on what came before it. */
  void forgetBefore(long time) {
    synchronized (lock) {
      changed.replaceAll((_, times) -> LongStream.of(times).filter(at -> at >= time).toArray());
      changed.values().removeIf(times -> times.length == 0);
      firsts.values().removeIf(first -> first.causedAt < time);
    }
  }

  Batch drain() {
    synchronized (lock) {
      Map<TargetKey, Long> earliest = new LinkedHashMap<>();
      changed.forEach((key, times) -> earliest.put(key, LongStream.of(times).min().orElseThrow()));
      Batch batch = new Batch(earliest, firsts);
      changed = new LinkedHashMap<>();
      firsts = new LinkedHashMap<>();
      return batch;
    }
  }
}
