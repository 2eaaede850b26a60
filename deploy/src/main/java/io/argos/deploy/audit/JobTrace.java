package io.argos.deploy.audit;

import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.time.Instant;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** All that the log says of one job. Small, since an hour of a large estate has millions. */
final class JobTrace {
  /** Where an execution may still be under way after its time. */
  private static final long GRACE_MILLIS = 5_000;

  /** Where the interval of an outcome without a job tells all there is. */
  private static final long NEVER = Long.MAX_VALUE;

  /** How a job ended. */
  enum End {
    OK,
    FAILED,
    TIMEOUT,
    MISSED,
    WITHDRAWN,
    PENDING
  }

  private final String stage;
  private final String plugin;
  private final String resource;
  private final long dueAt;
  private final boolean scheduled;
  private boolean emitted;
  private long overAt = NEVER;
  private OutcomeStatus best = OutcomeStatus.UNKNOWN;
  private String cause = "";
  private String detail = "";
  private String agents = "";

  /** Who began an execution and when: an outcome that was written again tells of the same one. */
  private Set<String> executions = Set.of();

  private int fenced;
  private long startedAt = NEVER;

  private JobTrace(String stage, String plugin, String resource, long dueAt, boolean scheduled) {
    this.stage = stage.intern();
    this.plugin = plugin.intern();
    this.resource = resource;
    this.dueAt = dueAt;
    this.scheduled = scheduled;
  }

  static JobTrace of(Job job) {
    return new JobTrace(
        job.getStage(),
        job.getPlugin(),
        job.getResourceId(),
        job.getDueAt().toEpochMilli(),
        job.getReason() == JobReason.SCHEDULED);
  }

  static JobTrace of(Outcome outcome) {
    return new JobTrace(
        outcome.getStage(),
        outcome.getPlugin(),
        outcome.getResourceId(),
        outcome.getDueAt().toEpochMilli(),
        outcome.getReason() == JobReason.SCHEDULED);
  }

  static JobTrace of(ExpectedSlot slot) {
    JobTrace trace =
        new JobTrace(
            slot.stage(), slot.plugin(), slot.resource(), slot.dueAt().toEpochMilli(), true);
    trace.overAt = slot.overAt().toEpochMilli();
    return trace;
  }

  /** It was emitted, perhaps again. */
  void emitted(Job job) {
    emitted = true;
    overAt = job.getExpireAt().toEpochMilli() + job.getTimeoutMillis() + GRACE_MILLIS;
  }

  void ended(Outcome outcome) {
    OutcomeStatus status = outcome.getStatus();
    if (executed(status)) {
      executed(outcome);
    } else if (status == OutcomeStatus.FENCED) {
      fenced++;
    }
    if (rank(outcome.getStatus()) < rank(best)) {
      best = status;
      cause = outcome.getCause().intern();
      detail = outcome.getDetail();
      if (executions.isEmpty()) {
        agents = outcome.getAgent();
      }
    }
  }

  private void executed(Outcome outcome) {
    Instant began = outcome.getStartedAt();
    String execution = outcome.getAgent() + ' ' + began;
    if (executions.isEmpty()) {
      executions = Set.of(execution);
      agents = outcome.getAgent();
    } else if (!executions.contains(execution)) {
      executions = new HashSet<>(executions);
      executions.add(execution);
      agents = agents + ',' + outcome.getAgent();
    }
    if (began != null) {
      startedAt = Math.min(startedAt, began.toEpochMilli());
    }
  }

  private static boolean executed(OutcomeStatus status) {
    return status == OutcomeStatus.OK
        || status == OutcomeStatus.FAILED
        || status == OutcomeStatus.TIMEOUT;
  }

  /** The best comes first. */
  private static int rank(OutcomeStatus status) {
    return switch (status) {
      case OK -> 0;
      case FAILED -> 1;
      case TIMEOUT -> 2;
      case SUPERSEDED -> 3;
      case QUARANTINED -> 4;
      case EXPIRED -> 5;
      case MISSED -> 6;
      case FENCED -> 7;
      case DUPLICATE -> 8;
      case UNKNOWN -> 9;
    };
  }

  /** How it ended, as far as can be said at a time. */
  End end(long now) {
    return switch (best) {
      case OK -> End.OK;
      case FAILED -> End.FAILED;
      case TIMEOUT -> End.TIMEOUT;
      case SUPERSEDED -> cause.equals("newer-slot") ? End.MISSED : End.WITHDRAWN;
      case QUARANTINED, EXPIRED, MISSED -> End.MISSED;
      // Refused or repeated emissions say nothing of the one that counts.
      case FENCED, DUPLICATE, UNKNOWN -> now < overAt && overAt != NEVER ? End.PENDING : End.MISSED;
    };
  }

  /** Why it was missed, if it was: a short stable word. */
  String cause() {
    return switch (best) {
      case FENCED -> "fenced";
      case DUPLICATE -> "duplicate";
      case QUARANTINED -> "quarantined";
      case EXPIRED -> cause.isEmpty() ? "expired" : cause;
      case UNKNOWN -> emitted ? "no outcome" : "no trace";
      default -> cause;
    };
  }

  Offence offence(String jobId, Offence.Kind kind) {
    return new Offence(
        stage, plugin, resource, Instant.ofEpochMilli(dueAt), jobId, kind, cause(), detail, agents);
  }

  /** From due to the first start; nothing when it was never started. */
  OptionalLong latenessMillis() {
    return startedAt == NEVER ? OptionalLong.empty() : OptionalLong.of(startedAt - dueAt);
  }

  String stage() {
    return stage;
  }

  String plugin() {
    return plugin;
  }

  long dueAt() {
    return dueAt;
  }

  boolean scheduled() {
    return scheduled;
  }

  int executions() {
    return executions.size();
  }

  int fenced() {
    return fenced;
  }
}
