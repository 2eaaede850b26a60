package io.argos.runtime.schedule;

import io.argos.schemas.JobReason;

/**
 * A job before it is written.
 *
 * @param target what to work on
 * @param reason why
 * @param cause what caused it; empty for a slot
 * @param dueAt when to start
 * @param expireAt when it is too late to start
 */
record Planned(Target target, JobReason reason, String cause, long dueAt, long expireAt) {

  String jobId() {
    return reason == JobReason.SCHEDULED
        ? JobId.scheduled(target.key(), dueAt)
        : JobId.caused(target.key(), reason, cause);
  }

  /** The interval; for a cron slot the time to the next, 0 where nothing follows. */
  long intervalMillis() {
    return switch (target.timing()) {
      case Timing.Every(var interval) -> interval.toMillis();
      case Timing.Cron _ -> reason == JobReason.SCHEDULED ? expireAt - dueAt : 0;
    };
  }
}
