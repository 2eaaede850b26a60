package io.argos.deploy.faults.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Each leader takes a higher epoch than the one before, and nobody executes what an earlier leader
 * emitted behind a job of a later one, nor what it emitted well after the later one had taken over.
 */
public record EpochsRise() implements Checker {
  public static final String EPOCH_FELL = "epoch-fell";
  public static final String STALE_EXECUTED = "stale-executed";

  /** What agents grant for the clocks of brokers. */
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  private record Emission(String jobId, long epoch) {}

  @Override
  public List<Violation> check(Ledger ledger, Window window) {
    List<Violation> violations = new ArrayList<>();
    long highest = Long.MIN_VALUE;
    NavigableMap<Long, Instant> takenAt = new TreeMap<>();
    for (Taken taken : ledger.epochs()) {
      if (taken.epoch() <= highest && window.holds(taken.at())) {
        violations.add(
            new Violation(
                EPOCH_FELL,
                "",
                taken.at(),
                "epoch %d of %s after %d".formatted(taken.epoch(), taken.leader(), highest)));
      }
      highest = Math.max(highest, taken.epoch());
      takenAt.putIfAbsent(taken.epoch(), taken.at());
    }
    Set<Emission> stale = stale(ledger.jobs(), takenAt);
    for (Ended ended : ledger.outcomes()) {
      if (ended.ran()
          && window.holds(ended.startedAt())
          && stale.contains(new Emission(ended.jobId(), ended.epoch()))) {
        violations.add(
            new Violation(STALE_EXECUTED, ended.device(), ended.startedAt(), ended.toString()));
      }
    }
    return violations;
  }

  /** The emissions of which none counts. */
  private static Set<Emission> stale(List<Emitted> jobs, NavigableMap<Long, Instant> takenAt) {
    Map<Integer, Long> highest = new HashMap<>();
    Set<Emission> stale = new HashSet<>();
    Set<Emission> good = new HashSet<>();
    for (Emitted job : jobs) {
      long seen = highest.merge(job.partition(), job.epoch(), Math::max);
      boolean behind = seen > job.epoch();
      boolean afterTakeover =
          takenAt.tailMap(job.epoch(), false).values().stream()
              .anyMatch(at -> job.appendedAt().isAfter(at.plus(TOLERANCE)));
      (behind || afterTakeover ? stale : good).add(new Emission(job.jobId(), job.epoch()));
    }
    stale.removeAll(good);
    return stale;
  }
}
