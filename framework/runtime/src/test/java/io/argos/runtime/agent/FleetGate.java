package io.argos.runtime.agent;

import io.argos.schemas.Job;
import io.argos.schemas.OutcomeStatus;
import java.time.Duration;

/** The tables of a model: some jobs wait, are in doubt or are refused. */
record FleetGate(Fleet fleet) implements JobGate {
  @Override
  public Readiness check(Job job) {
    int kind = fleet.calm() ? 1 : job.getJobId().hashCode() & 0xffff;
    if (kind % 31 == 0) {
      return refused("suspended");
    }
    if (kind % 37 == 0) {
      return new Readiness.Doubtful("a resource", Duration.ofMillis(300), refused("removed"));
    }
    return kind % 5 == 0 && fleet.random().nextInt(3) > 0
        ? new Readiness.Waiting("a revision")
        : new Readiness.Ready();
  }

  private static Readiness.Refused refused(String cause) {
    return new Readiness.Refused(OutcomeStatus.SUPERSEDED, cause, "as planned");
  }

  @Override
  public boolean ready(int partition) {
    return fleet.calm() || fleet.random().nextInt(5) > 0;
  }
}
