package io.argos.runtime.schedule;

import io.argos.config.ScheduleConfig;
import io.argos.runtime.leadership.LeaderTerm;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.time.Instant;
import java.util.function.LongUnaryOperator;

/** Makes the records that a scheduler writes: jobs, and outcomes of slots that nobody will run. */
final class JobFactory {

  private final String scheduler;
  private final ScheduleConfig config;

  JobFactory(String scheduler, ScheduleConfig config) {
    this.scheduler = scheduler;
    this.config = config;
  }

  /** The job of a slot. */
  Planned slot(Due due) {
    long expireAt =
        due.expireAt() == SlotTimes.NEVER
            ? due.dueAt() + due.target().timeout().toMillis()
            : due.expireAt();
    return new Planned(due.target(), JobReason.SCHEDULED, "", due.dueAt(), expireAt);
  }

  /**
   * The first job of a target: due at the time of its cause plus the target's own share of ten
   * seconds, or of the interval if that is shorter, so that ten thousand new resources do not start
   * at once. It expires with the next slot, though never before it could have ended.
   */
  Planned first(Target target, String cause, long causedAt, LongUnaryOperator nextSlot, long now) {
    long spread = config.firstSpread().toMillis();
    if (target.timing() instanceof Timing.Every(var interval)) {
      spread = Math.min(spread, interval.toMillis());
    }
    long share =
        spread == 0 ? 0 : Long.remainderUnsigned(Slots.hash64(target.key().slotName()), spread);
    long dueAt = causedAt + share;
    long startable = Math.max(dueAt, now);
    long expireAt = expiry(target, nextSlot.applyAsLong(startable), startable);
    return new Planned(target, JobReason.FIRST, cause, dueAt, expireAt);
  }

  /** A job that was asked for: due when it was asked for, not later than now. */
  Planned requested(
      Target target, JobReason reason, String cause, long askedAt, long nextSlot, long now) {
    return new Planned(
        target, reason, cause, Math.min(askedAt, now), expiry(target, nextSlot, now));
  }

  private static long expiry(Target target, long nextSlot, long startable) {
    long ended = startable + target.timeout().toMillis();
    return nextSlot == SlotTimes.NEVER ? ended : Math.max(nextSlot, ended);
  }

  /** The record of a job that is written now. */
  Job job(Planned planned, LeaderTerm term, long now) {
    Target target = planned.target();
    return Job.newBuilder()
        .setJobId(planned.jobId())
        .setReason(planned.reason())
        .setCause(planned.cause().isEmpty() ? null : planned.cause())
        .setStage(target.key().stage())
        .setZone(target.zone())
        .setPlugin(target.key().plugin())
        .setConfigHash(target.configHash())
        .setResourceId(target.key().resourceId())
        .setSubject(target.key().subject().orElse(null))
        .setResourceRevision(target.resourceRevision())
        .setDueAt(Instant.ofEpochMilli(planned.dueAt()))
        .setExpireAt(Instant.ofEpochMilli(planned.expireAt()))
        .setTimeoutMillis(target.timeout().toMillis())
        .setIntervalMillis(planned.intervalMillis())
        .setLeaseUntil(Instant.ofEpochMilli(now).plus(term.leaseLeft()))
        .setEpoch(term.epoch())
        .setScheduler(scheduler)
        .build();
  }

  /** The outcome of a job that nobody ran and nobody will. */
  Outcome missed(Planned planned, String cause, String detail, long epoch) {
    TargetKey key = planned.target().key();
    return Outcome.newBuilder()
        .setJobId(planned.jobId())
        .setStage(key.stage())
        .setPlugin(key.plugin())
        .setResourceId(key.resourceId())
        .setSubject(key.subject().orElse(null))
        .setReason(planned.reason())
        .setStatus(OutcomeStatus.MISSED)
        .setCause(cause)
        .setDetail(detail)
        .setDueAt(Instant.ofEpochMilli(planned.dueAt()))
        .setIntervalMillis(planned.intervalMillis())
        .setEpoch(epoch)
        .setAgent(scheduler)
        .build();
  }
}
