package io.argos.manager.resources;

import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of a source: its open run, its last ones, and the removals that are held back. */
final class SourceEntry {
  /**
   * A run that has begun and not ended.
   *
   * @param id its id
   * @param begunAt when it began
   * @param resources resources that it has claimed
   * @param rejected entries that it has rejected
   */
  record OpenRun(String id, Instant begunAt, long resources, long rejected) {
    OpenRun withResource() {
      return new OpenRun(id, begunAt, resources + 1, rejected);
    }

    OpenRun withRejection() {
      return new OpenRun(id, begunAt, resources, rejected + 1);
    }
  }

  /**
   * A removal that is held back in one site.
   *
   * @param vanished hash of the names that vanished
   * @param count how many did
   * @param runs equal runs that said so
   * @param since when the first of them ended
   * @param confirmed whether a person has confirmed it
   */
  record Hold(String vanished, int count, int runs, Instant since, boolean confirmed) {
    private static final int RUNS_WANTED = 2;

    Hold again() {
      return new Hold(vanished, count, runs + 1, since, confirmed);
    }

    Hold confirm() {
      return new Hold(vanished, count, runs, since, true);
    }

    boolean isSettled() {
      return confirmed && runs >= RUNS_WANTED;
    }
  }

  private final String name;

  @Nullable OpenRun open;

  /** The latest run that began: a run that began before it is stale. */
  Instant latestBegunAt = Instant.MIN;

  String latestRunId = "";

  /** When the last run began that ended and removed what it no longer claimed. */
  Instant completedBegunAt = Instant.MIN;

  final SortedMap<String, Hold> holds = new TreeMap<>();

  /** Hashes of the entries that the last run rejected, and that the open one has so far. */
  SortedSet<String> knownRejections = new TreeSet<>();

  SortedSet<String> newRejections = new TreeSet<>();

  SourceEntry(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  boolean isStale(Instant begunAt, String runId) {
    int order = begunAt.compareTo(latestBegunAt);
    return order < 0 || order == 0 && runId.compareTo(latestRunId) <= 0;
  }
}
