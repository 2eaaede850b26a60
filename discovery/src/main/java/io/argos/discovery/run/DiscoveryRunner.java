package io.argos.discovery.run;

import io.argos.runtime.agent.JobEnd;
import io.argos.runtime.agent.JobRunner;
import io.argos.runtime.agent.JobSession;
import io.argos.runtime.agent.PermitClass;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.runtime.plugin.PluginInstance;
import io.argos.runtime.result.DiscoveryPublisher;
import io.argos.schemas.Job;
import io.argos.schemas.topic.HashId;
import io.argos.spi.Discoverer;
import io.argos.spi.Failure;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a source once and publishes what it finds. Called by many threads at once. */
public final class DiscoveryRunner implements JobRunner {
  private static final Logger log = LoggerFactory.getLogger(DiscoveryRunner.class);

  private final PluginCatalog<Discoverer> plugins;
  private final DiscoveryPublisher publisher;
  private final String instance;

  /**
   * A runner.
   *
   * @param instance name of this process, so that runs of one job by two agents differ
   */
  public DiscoveryRunner(
      PluginCatalog<Discoverer> plugins, DiscoveryPublisher publisher, String instance) {
    this.plugins = plugins;
    this.publisher = publisher;
    this.instance = instance;
  }

  @Override
  public PermitClass permitClass(Job job) {
    return PermitClass.NET;
  }

  @Override
  public JobEnd run(Job job, JobSession session) throws InterruptedException {
    Optional<PluginInstance<Discoverer>> plugin = plugins.find(job.getPlugin());
    if (plugin.isEmpty()) {
      return JobEnd.failed(
          "plugin", "no source '%s' is configured here".formatted(job.getPlugin()));
    }
    String runId =
        HashId.of(
            job.getJobId(), instance, Long.toString(session.run().startedAt().toEpochMilli()));
    DiscoveryPublisher.RunWriter run = publisher.begin(job.getPlugin(), runId, session);
    JobEnd end = end(run, plugin.get().plugin().run(session.run(), run));
    log.info(
        "source read source={} found={} rejected={} status={} detail=\"{}\"",
        job.getPlugin(),
        run.foundCount(),
        run.rejectedCount(),
        end.status(),
        end.detail());
    return end;
  }

  /** The first few of them; all are in the topic, and in events the first time. */
  private static String rejections(DiscoveryPublisher.RunWriter run) {
    List<String> first = run.firstRejections();
    return String.join("; ", first) + (run.rejectedCount() > first.size() ? "; and more" : "");
  }

  private static JobEnd end(DiscoveryPublisher.RunWriter run, Discoverer.Outcome outcome)
      throws InterruptedException {
    return switch (outcome) {
      case Discoverer.Outcome.Complete() -> {
        run.end(true);
        yield run.rejectedCount() == 0
            ? JobEnd.ok()
            : JobEnd.failed(
                "rejected",
                "%d entries are no valid resources: %s"
                    .formatted(run.rejectedCount(), rejections(run)));
      }
      case Discoverer.Outcome.Incomplete(Failure failure) -> {
        run.end(false);
        yield JobEnd.failed(failure.cause().word(), failure.detail());
      }
      case Discoverer.Outcome.Failed(Failure failure) -> {
        run.abort(failure.detail());
        yield JobEnd.failed(failure.cause().word(), failure.detail());
      }
    };
  }
}
