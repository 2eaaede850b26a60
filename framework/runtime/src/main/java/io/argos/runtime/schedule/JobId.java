package io.argos.runtime.schedule;

import io.argos.schemas.JobReason;
import io.argos.schemas.topic.HashId;

/**
 * Deterministic job ids: the same work at the same time has the same id, whoever emits it and
 * however often, so that agents drop repetitions and an audit can fold them.
 */
public final class JobId {

  private JobId() {}

  /** The id of a slot's job. */
  public static String scheduled(TargetKey key, long dueAtMillis) {
    return of(key, JobReason.SCHEDULED, Long.toString(dueAtMillis));
  }

  /** The id of a job that something caused: a change, a request or a person. */
  public static String caused(TargetKey key, JobReason reason, String cause) {
    return of(key, reason, cause);
  }

  /** The id of the outcome that refuses a request, since it names nothing that is a target. */
  public static String noTarget(String stage, String requestId) {
    return HashId.of("no target", stage, requestId);
  }

  private static String of(TargetKey key, JobReason reason, String last) {
    return HashId.of(
        key.stage(), key.plugin(), key.resourceId(), key.subject().orElse(""), reason.name(), last);
  }
}
