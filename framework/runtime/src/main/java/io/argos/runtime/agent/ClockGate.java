package io.argos.runtime.agent;

import io.argos.schemas.Job;
import java.util.Set;

/**
 * Keeps an agent whose clock cannot be relied on from taking partitions: it would start every job
 * early or late. What else there is to ask a gate goes to another.
 */
public final class ClockGate implements JobGate {
  private final JobGate gate;
  private final ClockSkew skew;

  /** A gate before another one. */
  public ClockGate(JobGate gate, ClockSkew skew) {
    this.gate = gate;
    this.skew = skew;
  }

  @Override
  public boolean admitted() {
    return skew.known() && skew.trouble().isEmpty() && gate.admitted();
  }

  @Override
  public Readiness check(Job job) {
    return gate.check(job);
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
}
