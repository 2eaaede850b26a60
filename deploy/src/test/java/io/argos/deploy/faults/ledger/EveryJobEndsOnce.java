package io.argos.deploy.faults.ledger;

import io.argos.schemas.OutcomeStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Each job ends, either executed or given up and not both; each slot has one job, however often it
 * was emitted; and what an agent calls done is in the topic of polls. Only what was executed while
 * a server was away may be given up by another agent, who cannot have been told.
 */
public record EveryJobEndsOnce() implements Checker {
  public static final String UNFINISHED = "unfinished";
  public static final String CONTRADICTION = "contradiction";
  public static final String TWO_JOBS = "two-jobs";
  public static final String MADE_UP = "made-up";
  public static final String LOST_RESULT = "lost-result";

  @Override
  public List<Violation> check(Ledger ledger, Window window) {
    List<Violation> violations = new ArrayList<>();
    Map<String, List<Ended>> outcomes = ledger.outcomesByJob();
    Map<Slot, String> jobOfSlot = new HashMap<>();
    Set<String> known = new HashSet<>();
    for (Emitted job : ledger.jobs()) {
      if (!known.add(job.jobId()) || !window.holds(job.dueAt())) {
        continue;
      }
      judge(job, outcomes.getOrDefault(job.jobId(), List.of()), ledger.faults(), violations);
      if (job.scheduled()) {
        String other = jobOfSlot.put(new Slot(job.device(), job.dueAt()), job.jobId());
        if (other != null) {
          violations.add(
              new Violation(TWO_JOBS, job.device(), job.dueAt(), other + " and " + job.jobId()));
        }
      }
    }
    for (Ended ended : ledger.outcomes()) {
      if (!window.holds(ended.dueAt())) {
        continue;
      }
      if (ended.ran() && !known.contains(ended.jobId())) {
        violations.add(new Violation(MADE_UP, ended.device(), ended.dueAt(), ended.toString()));
      }
      if (ended.status() == OutcomeStatus.OK && !ledger.polls().contains(ended.jobId())) {
        violations.add(new Violation(LOST_RESULT, ended.device(), ended.dueAt(), ended.toString()));
      }
    }
    return violations;
  }

  private static void judge(
      Emitted job, List<Ended> ended, List<Fault> faults, List<Violation> violations) {
    boolean polled = ended.stream().anyMatch(Ended::polled);
    boolean givenUp = ended.stream().anyMatch(Ended::givenUp);
    if (!polled && !givenUp) {
      violations.add(new Violation(UNFINISHED, job.device(), job.dueAt(), job + " has " + ended));
    }
    if (polled && givenUp && ended.stream().noneMatch(poll -> untold(poll, faults))) {
      violations.add(new Violation(CONTRADICTION, job.device(), job.dueAt(), ended.toString()));
    }
  }

  /** Whether it was executed when nobody could be told of it. */
  private static boolean untold(Ended poll, List<Fault> faults) {
    return poll.polled()
        && faults.stream()
            .anyMatch(fault ->
                fault.kind() == Fault.Kind.SERVER
                    && !poll.endedAt().isBefore(fault.from().minus(SLACK))
                    && !poll.startedAt().isAfter(fault.to()));
  }
}
