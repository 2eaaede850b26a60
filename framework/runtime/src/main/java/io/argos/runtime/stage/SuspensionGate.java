package io.argos.runtime.stage;

import io.argos.runtime.agent.JobGate;
import io.argos.runtime.agent.Readiness;
import io.argos.runtime.schedule.Suspensions;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.OutcomeStatus;
import java.time.InstantSource;
import java.util.Set;

/**
 * Starts no job whose work was suspended after the leader had emitted it, unless a person asked for
 * it; otherwise as the gate behind it. The directives are no condition of its readiness: without
 * them jobs run that were emitted before, for one lookahead at most.
 */
final class SuspensionGate implements JobGate {

  private final JobGate gate;
  private final Suspensions suspensions;
  private final InstantSource clock;

  SuspensionGate(JobGate gate, Suspensions suspensions, InstantSource clock) {
    this.gate = gate;
    this.suspensions = suspensions;
    this.clock = clock;
  }

  @Override
  public Readiness check(Job job) {
    boolean suspended =
        job.getReason() != JobReason.FORCED
            && suspensions.covers(job.getResourceId(), job.getPlugin(), clock.millis());
    return suspended
        ? new Readiness.Refused(
            OutcomeStatus.SUPERSEDED, "suspended", "the job was suspended after it was emitted")
        : gate.check(job);
  }

  @Override
  public boolean ready(int partition) {
    return gate.ready(partition);
  }

  @Override
  public void assigned(Set<Integer> partitions) {
    gate.assigned(partitions);
  }

  @Override
  public void revoked(Set<Integer> partitions) {
    gate.revoked(partitions);
  }

  @Override
  public boolean admitted() {
    return gate.admitted();
  }
}
