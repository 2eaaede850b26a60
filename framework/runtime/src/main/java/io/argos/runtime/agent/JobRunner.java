package io.argos.runtime.agent;

import io.argos.schemas.Job;

/** Does the work of a stage's jobs. Called by many virtual threads at once. */
@FunctionalInterface
public interface JobRunner {
  /**
   * Runs a job; may block. What it throws becomes a failed outcome with cause {@code internal}.
   *
   * @throws InterruptedException when the deadline has passed, the partition went to another agent
   *     or this agent stops
   */
  JobEnd run(Job job, JobSession session) throws InterruptedException;

  /** The kind of permit on the device that a job needs. Quick; must not block. */
  default PermitClass permitClass(Job job) {
    return PermitClass.SNMP;
  }
}
