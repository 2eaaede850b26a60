package io.argos.deploy.audit;

import io.argos.runtime.schedule.JobId;
import io.argos.runtime.schedule.TargetKey;
import java.time.Instant;

/**
 * A slot that must have been due, by arithmetic alone.
 *
 * @param key whose slot it is
 * @param dueAt when it was due
 * @param overAt when its job must have ended at the latest
 */
public record ExpectedSlot(TargetKey key, Instant dueAt, Instant overAt) {
  String stage() {
    return key.stage();
  }

  String plugin() {
    return key.plugin();
  }

  String resource() {
    return key.resourceId();
  }

  String jobId() {
    return JobId.scheduled(key, dueAt.toEpochMilli());
  }
}
