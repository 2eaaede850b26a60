package io.argos.runtime.schedule;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has changed about targets. Standbys keep it as well: a leader may die between a change and
 * the jobs that follow from it, and the next one acts on every change that its predecessor's last
 * checkpoint does not cover. For the same reason a leader keeps what it has acted upon until such a
 * checkpoint is in the log: it may be elected again, after terms in which nothing came of it. Safe
 * for use by any thread.
 */
final class Changes {

  /** What caused a FIRST job, and when. */
  record First(String cause, long causedAt) {}

  /** All changes up to some moment: of each target the time after which its slots are concerned. */
  record Batch(Map<TargetKey, Long> changed, Map<TargetKey, First> firsts) {}

  /** Slots after a time are concerned, and when the log said so. */
  private record Since(long after, long saidAt) {}

  /** So many are kept of a target; of one that changes more often the oldest are forgotten. */
  private static final int MOST_OF_ONE = 64;

  /** A standby does not know which of them a leader has acted upon, and keeps them apart. */
  private record Notes(Map<TargetKey, List<Since>> changed, Map<TargetKey, First> firsts) {
    Notes() {
      this(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    void add(TargetKey key, Since since) {
      List<Since> all = changed.computeIfAbsent(key, _ -> new ArrayList<>(1));
      if (all.size() == MOST_OF_ONE) {
        all.removeFirst();
      }
      all.add(since);
    }

    void addAll(Notes later) {
      later.changed.forEach((key, all) -> all.forEach(since -> add(key, since)));
      firsts.putAll(later.firsts);
    }

    void forgetBefore(long time) {
      changed.values().forEach(all -> all.removeIf(since -> since.saidAt < time));
      changed.values().removeIf(List::isEmpty);
      firsts.values().removeIf(first -> first.causedAt < time);
    }
  }

  private final Object lock = new Object();

  /** Not acted upon in this term. */
  @GuardedBy("lock")
  private Notes waiting = new Notes();

  /** Acted upon in this term or the last. */
  @GuardedBy("lock")
  private Notes acted = new Notes();

  /** The target is new, or its slots after {@code at} are; those it had are nobody's any more. */
  void renewed(TargetKey key, long at) {
    synchronized (lock) {
      waiting.changed.remove(key);
      acted.changed.remove(key);
      changed(key, at, at);
    }
  }

  /** Which slots after a time are to be run has changed, or what running them means. */
  void changed(TargetKey key, long after, long saidAt) {
    synchronized (lock) {
      waiting.add(key, new Since(after, saidAt));
    }
  }

  /** The target shall have a FIRST job. */
  void first(TargetKey key, String cause, long causedAt) {
    synchronized (lock) {
      waiting.firsts.put(key, new First(cause, causedAt));
    }
  }

  void removed(TargetKey key) {
    synchronized (lock) {
      for (Notes notes : List.of(waiting, acted)) {
        notes.changed.remove(key);
        notes.firsts.remove(key);
      }
    }
  }

  /** A term begins: nothing has been acted upon in it. */
  void begin() {
    synchronized (lock) {
      acted.addAll(waiting);
      waiting = acted;
      acted = new Notes();
    }
  }

  /** All slots from now on will be emitted anyway. */
  void forgetSlots() {
    synchronized (lock) {
      waiting.changed.clear();
      acted.changed.clear();
    }
  }

  /**
   * A leader that was alive after this time has acted on what came before it. This very one may
   * hear of a change late, and knows what it has acted upon.
   */
  void forgetBefore(long time, boolean leading) {
    synchronized (lock) {
      acted.forgetBefore(time);
      if (!leading) {
        waiting.forgetBefore(time);
      }
    }
  }

  /** What is to be acted upon now. */
  Batch drain() {
    synchronized (lock) {
      Map<TargetKey, Long> earliest = new LinkedHashMap<>();
      waiting.changed.forEach((key, all) ->
          earliest.put(key, all.stream().mapToLong(Since::after).min().orElseThrow()));
      Batch batch = new Batch(earliest, waiting.firsts);
      acted.addAll(waiting);
      waiting = new Notes();
      return batch;
    }
  }
}
