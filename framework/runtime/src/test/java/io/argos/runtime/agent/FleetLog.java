package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the agents of a model share: the jobs, the outcomes, and how far partitions are done. */
final class FleetLog {
  static final int PARTITIONS = 3;

  private static final Set<OutcomeStatus> RUN =
      EnumSet.of(OutcomeStatus.OK, OutcomeStatus.FAILED, OutcomeStatus.TIMEOUT);

  /** A record of the jobs. */
  record Emitted(Job job, long at) {}

  /** A record of the outcomes. */
  record Told(Outcome outcome, long at) {
    boolean run() {
      return RUN.contains(outcome.getStatus());
    }
  }

  private final List<List<Emitted>> jobs = new ArrayList<>();
  private final List<List<Told>> outcomes = new ArrayList<>();
  private final Map<String, List<Told>> byJob = new HashMap<>();
  private final Map<String, Integer> passed = new HashMap<>();
  private final long[] committed = new long[PARTITIONS];
  private final long[] highest = new long[PARTITIONS];

  FleetLog() {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      jobs.add(new ArrayList<>());
      outcomes.add(new ArrayList<>());
    }
  }

  void emit(Job job, long now) {
    jobs(partitionOf(job.getResourceId())).add(new Emitted(job, now));
  }

  void tell(Outcome outcome, long now) {
    Told told = new Told(outcome, now);
    outcomes(partitionOf(outcome.getResourceId())).add(told);
    byJob.computeIfAbsent(outcome.getJobId(), _ -> new ArrayList<>()).add(told);
  }

  List<Emitted> jobs(int partition) {
    return jobs.get(partition);
  }

  List<Told> outcomes(int partition) {
    return outcomes.get(partition);
  }

  List<Told> outcomes(String jobId) {
    return byJob.getOrDefault(jobId, List.of());
  }

  /** Whether it was in the log before then that somebody had run the job. */
  boolean ranBefore(String jobId, long then) {
    return outcomes(jobId).stream().anyMatch(told -> told.run() && told.at() < then);
  }

  long committed(int partition) {
    return committed[partition];
  }

  /** Every record that is passed for the first time has had an outcome. */
  void commit(int partition, long offset, String where) {
    for (; highest[partition] < offset; highest[partition]++) {
      String jobId = jobs(partition).get((int) highest[partition]).job().getJobId();
      assertThat(outcomes(jobId).size())
          .as("outcomes of %s, which is committed, %s", jobId, where)
          .isGreaterThanOrEqualTo(passed.merge(jobId, 1, Integer::sum));
    }
    committed[partition] = offset;
  }

  private static int partitionOf(String resourceId) {
    return Math.floorMod(resourceId.hashCode(), PARTITIONS);
  }
}
