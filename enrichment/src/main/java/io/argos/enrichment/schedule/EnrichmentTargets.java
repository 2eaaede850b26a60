package io.argos.enrichment.schedule;

import io.argos.runtime.schedule.JobScheduler;
import io.argos.runtime.schedule.Target;
import io.argos.runtime.schedule.TargetKey;
import io.argos.runtime.stage.ResourceTargets;
import io.argos.runtime.table.TableEntry;
import io.argos.schemas.Resource;
import java.time.Instant;

/**
 * Hands the targets of enrichment to the scheduler, and asks for a first run of a resource that is
 * new or has changed.
 */
public final class EnrichmentTargets implements ResourceTargets.Sink {
  /** The stage. */
  public static final String STAGE = "enrichment";

  private final JobScheduler scheduler;

  public EnrichmentTargets(JobScheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public void put(Target target, Instant changedAt) {
    scheduler.put(target, changedAt);
  }

  @Override
  public void remove(TargetKey key) {
    scheduler.remove(key);
  }

  @Override
  public void renewed(Target target, Resource resource, TableEntry.Place place) {
    scheduler.first(target, causeOf(resource), Instant.ofEpochMilli(place.timestampMillis()));
  }

  private static String causeOf(Resource resource) {
    return "resource %s revision %d".formatted(resource.getId(), resource.getRevision());
  }
}
