package io.argos.runtime.agent;

import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.time.Duration;
import java.time.Instant;

/** The outcomes of jobs as records. */
final class OutcomeRecords {
  /** Details are for a reader; a longer one is somebody's dump. */
  private static final int LONGEST_DETAIL = 1_000;

  private OutcomeRecords() {}

  /** A job that ended without having run. */
  static Outcome notRun(Job job, OutcomeStatus status, String cause, String detail, String agent) {
    return common(job, agent)
        .setStatus(status)
        .setCause(cause)
        .setDetail(shortened(detail))
        .build();
  }

  /** A job that has run. */
  static Outcome ran(Job job, JobEnd end, Instant startedAt, Duration duration, String agent) {
    Outcome.Builder outcome =
        common(job, agent)
            .setStatus(end.status())
            .setCause(end.cause())
            .setDetail(shortened(end.detail()))
            .setStartedAt(startedAt)
            .setDurationMillis(duration.toMillis());
    end.deviceStatus().ifPresent(outcome::setDeviceStatus);
    return outcome.build();
  }

  private static Outcome.Builder common(Job job, String agent) {
    return Outcome.newBuilder()
        .setJobId(job.getJobId())
        .setStage(job.getStage())
        .setPlugin(job.getPlugin())
        .setResourceId(job.getResourceId())
        .setSubject(job.getSubject())
        .setReason(job.getReason())
        .setDueAt(job.getDueAt())
        .setIntervalMillis(job.getIntervalMillis())
        .setEpoch(job.getEpoch())
        .setAgent(agent);
  }

  private static String shortened(String detail) {
    return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "…";
  }
}
