package io.argos.polling.schedule;

import io.argos.runtime.plugin.PluginInstance;
import io.argos.runtime.schedule.JobScheduler;
import io.argos.runtime.schedule.Target;
import io.argos.runtime.schedule.TargetKey;
import io.argos.runtime.stage.ResourceTargets;
import io.argos.runtime.table.CompactedTable;
import io.argos.runtime.table.TableEntry;
import io.argos.runtime.table.TableListener;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Hands the targets of polling to the scheduler, and asks for a first poll when the enrichment of a
 * device appears or changes. Called by the threads of the two tables.
 */
public final class PollTargets implements ResourceTargets.Sink {
  /** The stage. */
  public static final String STAGE = "polling";

  /** End of the keys of the enrichments that say what a device is. */
  private static final String DEVICE = "|device";

  private final JobScheduler scheduler;

  public PollTargets(JobScheduler scheduler) {
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

  /** Whether a row of the enrichments matters here: there are many, and a few bytes of each. */
  public static boolean saysWhatADeviceIs(String key) {
    return key.endsWith(DEVICE);
  }

  /** A new resource waits for its enrichment, or for its slot. */
  @Override
  public void renewed(Target target, Resource resource, TableEntry.Place place) {}

  /** A listener of the enrichments that asks for first polls. */
  public TableListener<Enrichment> devices(
      ResourceTargets targets,
      List<? extends PluginInstance<?>> plugins,
      CompactedTable<Resource> resources) {
    return (key, before, after, place) -> {
      if (!saysWhatADeviceIs(key) || after.isEmpty() || same(before, after.get())) {
        return;
      }
      Enrichment device = after.get();
      resources
          .find(device.getResourceId())
          .ifPresent(resource ->
              plugins.stream()
                  .filter(plugin -> plugin.filter().test(resource))
                  .forEach(plugin ->
                      scheduler.first(
                          targets.targetOf(plugin, resource),
                          "device " + device.getContentHash(),
                          Instant.ofEpochMilli(place.timestampMillis()))));
    };
  }

  private static boolean same(Optional<Enrichment> before, Enrichment after) {
    return before
        .filter(former -> former.getContentHash().equals(after.getContentHash()))
        .isPresent();
  }
}
