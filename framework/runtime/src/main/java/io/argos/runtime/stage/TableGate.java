package io.argos.runtime.stage;

import io.argos.runtime.agent.JobGate;
import io.argos.runtime.agent.Readiness;
import io.argos.runtime.table.CompactedTable;
import io.argos.schemas.Job;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Lets a job start when the tables of its partition have caught up and hold the resource in the
 * revision that the scheduler saw. Called by the agent's threads as {@link JobGate} says.
 *
 * <p>The scheduler reads the same topic before it emits a job, so a resource that is not here when
 * the job is due is a moment away, or was removed meanwhile. Hence the wait for it is short, while
 * the wait for a revision of a resource that is here lasts until the job expires.
 */
public final class TableGate implements JobGate {
  /** For a resource that this table does not hold and the scheduler's did. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final CompactedTable<Resource> resources;
  private final List<CompactedTable<?>> tables;
  private final BooleanSupplier admitted;
  private final Set<Integer> held = new HashSet<>();

  /**
   * A gate over the tables of an agent's own partitions.
   *
   * @param resources the table of resources
   * @param others further tables with the same partitions
   * @param admitted whether this agent may take partitions at all
   */
  public TableGate(
      CompactedTable<Resource> resources,
      List<? extends CompactedTable<?>> others,
      BooleanSupplier admitted) {
    this.resources = resources;
    List<CompactedTable<?>> all = new ArrayList<>(others);
    all.add(resources);
    this.tables = List.copyOf(all);
    this.admitted = admitted;
  }

  @Override
  public Readiness check(Job job) {
    Optional<Resource> resource = resources.find(job.getResourceId());
    if (resource.isEmpty()) {
      return absent(job);
    }
    if (resource.get().getRevision() < job.getResourceRevision()) {
      return new Readiness.Waiting(
          "revision %d of the resource is awaited, %d is here"
              .formatted(job.getResourceRevision(), resource.get().getRevision()));
    }
    return new Readiness.Ready();
  }

  private Readiness absent(Job job) {
    String reason = "the resource is not known here";
    if (!resources.reading()) {
      return new Readiness.Waiting(reason + ", and its table cannot be read now");
    }
    Duration timeout = Duration.ofMillis(job.getTimeoutMillis());
    return new Readiness.Doubtful(
        reason,
        timeout.compareTo(PATIENCE) < 0 ? timeout : PATIENCE,
        new Readiness.Refused(
            OutcomeStatus.SUPERSEDED,
            "resource",
            "the resource was removed after the job was made"));
  }

  @Override
  public boolean ready(int partition) {
    return tables.stream().allMatch(table -> table.caughtUp(partition));
  }

  @Override
  public void assigned(Set<Integer> partitions) {
    held.addAll(partitions);
    assign();
  }

  @Override
  public void revoked(Set<Integer> partitions) {
    held.removeAll(partitions);
    assign();
  }

  @Override
  public boolean admitted() {
    return admitted.getAsBoolean();
  }

  private void assign() {
    tables.forEach(table -> table.assign(held));
  }
}
