package io.argos.runtime.schedule;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What has changed about targets and may not have been acted upon yet. Standbys keep it as well: a
 * leader may die between a change and the jobs that follow from it, and the next one acts on every
 * change that its predecessor's last checkpoint does not cover. Safe for use by any thread.
 */
final class Changes {

  /** What caused a FIRST job, and when. */
  record First(String cause, long causedAt) {}

  /** All changes up to some moment. */
  record Batch(Map<TargetKey, Long> changed, Map<TargetKey, First> firsts) {}

  private final Object lock = new Object();

  @GuardedBy("lock")
  private Map<TargetKey, Long> changed = new LinkedHashMap<>();

  @GuardedBy("lock")
  private Map<TargetKey, First> firsts = new LinkedHashMap<>();

  /** The target is new, or its slots or their meaning are. */
  void changed(TargetKey key, long at) {
    synchronized (lock) {
      changed.put(key, at);
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
      changed.values().removeIf(at -> at < time);
      firsts.values().removeIf(first -> first.causedAt < time);
    }
  }

  Batch drain() {
    synchronized (lock) {
      Batch batch = new Batch(changed, firsts);
      changed = new LinkedHashMap<>();
      firsts = new LinkedHashMap<>();
      return batch;
    }
  }
}
