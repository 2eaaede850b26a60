package io.argos.deploy.audit;

import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Folds jobs and outcomes by job id: the best outcome of a job counts, and its executions are
 * counted. In whatever order records come and however often, the report is the same. A pure
 * function of its input; not safe for threads.
 */
public final class JobAudit {

  /**
   * Which jobs are audited.
   *
   * @param from due at this time at the earliest
   * @param to due before this time
   * @param wanted of these; jobs of others are passed over
   */
  public record Scope(Instant from, Instant to, Predicate<Subject> wanted) {
    /** All jobs due from one time to another. */
    public static Scope between(Instant from, Instant to) {
      return new Scope(from, to, _ -> true);
    }

    boolean covers(String stage, String plugin, String resource, Instant dueAt) {
      return !dueAt.isBefore(from)
          && dueAt.isBefore(to)
          && wanted.test(new Subject(stage, plugin, resource));
    }
  }

  /** What a job is about. */
  public record Subject(String stage, String plugin, String resource) {}

  private final Scope scope;
  private final Map<String, JobTrace> traces = new HashMap<>();

  public JobAudit(Scope scope) {
    this.scope = scope;
  }

  /** A job was emitted. */
  public void emitted(Job job) {
    if (scope.covers(job.getStage(), job.getPlugin(), job.getResourceId(), job.getDueAt())) {
      traces.computeIfAbsent(job.getJobId(), _ -> JobTrace.of(job)).emitted(job);
    }
  }

  /** An execution, or a job that was not executed, has ended. */
  public void ended(Outcome outcome) {
    if (scope.covers(
        outcome.getStage(), outcome.getPlugin(), outcome.getResourceId(), outcome.getDueAt())) {
      traces.computeIfAbsent(outcome.getJobId(), _ -> JobTrace.of(outcome)).ended(outcome);
    }
  }

  /** A slot must have been due, whatever the log says. */
  public void expected(ExpectedSlot slot) {
    if (scope.covers(slot.stage(), slot.plugin(), slot.resource(), slot.dueAt())) {
      traces.computeIfAbsent(slot.jobId(), _ -> JobTrace.of(slot));
    }
  }

  /**
   * What has become of them.
   *
   * @param now jobs whose time is not over then are pending
   * @param mostOffences offences that are kept
   */
  public AuditReport report(Instant now, int mostOffences) {
    AuditReport report = new AuditReport(mostOffences);
    traces.forEach((id, trace) -> report.count(id, trace, now.toEpochMilli()));
    return report;
  }
}
