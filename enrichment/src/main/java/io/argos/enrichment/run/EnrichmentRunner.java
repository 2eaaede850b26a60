package io.argos.enrichment.run;

import io.argos.runtime.agent.JobEnd;
import io.argos.runtime.agent.JobRunner;
import io.argos.runtime.agent.JobSession;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.runtime.plugin.PluginInstance;
import io.argos.runtime.result.EnrichmentPublisher;
import io.argos.runtime.table.CompactedTable;
import io.argos.schemas.Job;
import io.argos.schemas.Resource;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Enricher;
import io.argos.spi.Failure;
import java.time.Duration;
import java.util.Optional;

/** Runs an enricher on a resource and publishes what is new. Called by many threads at once. */
public final class EnrichmentRunner implements JobRunner {
  /** An enrichment outlives three runs that fail. */
  private static final int INTERVALS_TO_LIVE = 4;

  private static final Duration SHORTEST_TIME_TO_LIVE = Duration.ofMinutes(10);

  private final PluginCatalog<Enricher> plugins;
  private final CompactedTable<Resource> resources;
  private final EnrichmentPublisher publisher;

  public EnrichmentRunner(
      PluginCatalog<Enricher> plugins,
      CompactedTable<Resource> resources,
      EnrichmentPublisher publisher) {
    this.plugins = plugins;
    this.resources = resources;
    this.publisher = publisher;
  }

  @Override
  public JobEnd run(Job job, JobSession session) throws InterruptedException {
    Optional<PluginInstance<Enricher>> plugin = plugins.find(job.getPlugin());
    if (plugin.isEmpty()) {
      return JobEnd.failed(
          "plugin", "no plugin '%s' is configured here".formatted(job.getPlugin()));
    }
    Optional<Resource> resource = resources.find(job.getResourceId());
    if (resource.isEmpty()) {
      return JobEnd.failed("resource", "the resource is no more");
    }
    Duration timeToLive =
        plugin.get().entry().ttl().orElseGet(() -> timeToLive(session.run().interval()));
    Enricher.Outcome outcome =
        plugin
            .get()
            .plugin()
            .run(
                session.run(),
                resource.get(),
                content ->
                    publisher.publish(
                        content, job.getPlugin(), job.getJobId(), timeToLive, session));
    return switch (outcome) {
      case Enricher.Outcome.Enriched(DeviceStatus status) -> JobEnd.ok(status);
      case Enricher.Outcome.Failed(Failure failure, DeviceStatus status) ->
          JobEnd.failed(failure, status);
    };
  }

  /** Where the plugin's entry says nothing. */
  static Duration timeToLive(Duration interval) {
    Duration ttl = interval.multipliedBy(INTERVALS_TO_LIVE);
    return ttl.compareTo(SHORTEST_TIME_TO_LIVE) < 0 ? SHORTEST_TIME_TO_LIVE : ttl;
  }
}
