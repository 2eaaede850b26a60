package io.argos.polling.run;

import io.argos.runtime.agent.JobEnd;
import io.argos.runtime.agent.JobRunner;
import io.argos.runtime.agent.JobSession;
import io.argos.runtime.agent.PermitClass;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.runtime.plugin.PluginInstance;
import io.argos.runtime.result.PollPublisher;
import io.argos.runtime.table.CompactedTable;
import io.argos.schemas.Job;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.Resource;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Enrichments;
import io.argos.spi.Failure;
import io.argos.spi.Poller;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Polls a resource and publishes what was read. Called by many threads at once. */
public final class PollRunner implements JobRunner {
  private final PluginCatalog<Poller> plugins;
  private final Map<String, PermitClass> permits;
  private final CompactedTable<Resource> resources;
  private final Enrichments enrichments;
  private final PollPublisher publisher;
  private final EnrichmentRequests requests;

  /**
   * A runner.
   *
   * @param permits by kind of plugin the permit that its jobs need, where it is not that of SNMP
   */
  public PollRunner(
      PluginCatalog<Poller> plugins,
      Map<String, PermitClass> permits,
      CompactedTable<Resource> resources,
      Enrichments enrichments,
      PollPublisher publisher,
      EnrichmentRequests requests) {
    this.plugins = plugins;
    this.permits = Map.copyOf(permits);
    this.resources = resources;
    this.enrichments = enrichments;
    this.publisher = publisher;
    this.requests = requests;
  }

  @Override
  public PermitClass permitClass(Job job) {
    return plugins
        .find(job.getPlugin())
        .map(plugin -> permits.getOrDefault(plugin.entry().kind(), PermitClass.SNMP))
        .orElse(PermitClass.SNMP);
  }

  @Override
  public JobEnd run(Job job, JobSession session) throws InterruptedException {
    Optional<PluginInstance<Poller>> plugin = plugins.find(job.getPlugin());
    if (plugin.isEmpty()) {
      return JobEnd.failed(
          "plugin", "no plugin '%s' is configured here".formatted(job.getPlugin()));
    }
    Optional<Resource> resource = resources.find(job.getResourceId());
    if (resource.isEmpty()) {
      return JobEnd.failed("resource", "the resource is no more");
    }
    Poller.Poll poll = plugin.get().plugin().run(session.run(), resource.get(), enrichments);
    publisher.publish(poll, resource.get(), job.getPlugin(), session.run(), session);
    if (poll.wantsEnrichment()) {
      requests.ask(resource.get().getId(), session.run(), session);
    }
    return endOf(poll);
  }

  /** A poll that read something is done, even when part of it is missing. */
  static JobEnd endOf(Poller.Poll poll) {
    if (poll.status() == DeviceStatus.SUCCESS) {
      return JobEnd.ok(poll.status());
    }
    Failure failure =
        poll.failure()
            .orElseGet(() -> new Failure(Cause.INTERNAL, "the poll ended in " + poll.status()));
    if (poll.status() == DeviceStatus.PARTIAL_METRIC_FAILURE) {
      return new JobEnd(
          OutcomeStatus.OK,
          OptionalInt.of(poll.status().code()),
          failure.cause().word(),
          failure.detail());
    }
    return JobEnd.failed(failure, poll.status());
  }
}
