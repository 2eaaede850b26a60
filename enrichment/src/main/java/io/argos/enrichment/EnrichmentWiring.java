package io.argos.enrichment;

import io.argos.config.ArgosConfig;
import io.argos.enrichment.plugin.snmp.SnmpEnricherFactory;
import io.argos.enrichment.run.EnrichmentRunner;
import io.argos.enrichment.schedule.EnrichmentLives;
import io.argos.enrichment.schedule.EnrichmentRemoval;
import io.argos.enrichment.schedule.EnrichmentTargets;
import io.argos.profile.ConfiguredProfiles;
import io.argos.profile.LiveProfiles;
import io.argos.profile.ProfileCatalog;
import io.argos.runtime.agent.RetriedRunner;
import io.argos.runtime.health.Health;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.runtime.plugin.StagePluginContext;
import io.argos.runtime.result.EnrichmentPublisher;
import io.argos.runtime.result.EnrichmentTable;
import io.argos.runtime.result.ResultProducer;
import io.argos.runtime.schedule.JobScheduler;
import io.argos.runtime.stage.RepeatedTask;
import io.argos.runtime.stage.ResourceTargets;
import io.argos.runtime.stage.SecretsAhead;
import io.argos.runtime.stage.ServiceShell;
import io.argos.runtime.stage.StageEngine;
import io.argos.runtime.stage.StageLinks;
import io.argos.runtime.stage.TableGate;
import io.argos.runtime.table.CompactedTable;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.snmp.ClosedSnmpClient;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpEngine;
import io.argos.snmp.SnmpMeters;
import io.argos.spi.Enricher;
import io.argos.spi.EnricherFactory;
import io.argos.spi.PluginContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes and starts what the enrichment service consists of. */
public final class EnrichmentWiring {
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private EnrichmentWiring() {}

  /**
   * Checks the configuration of the stage's plugins and the profiles, without opening anything.
   *
   * @throws io.argos.config.ConfigException with every problem
   */
  public static void check(ArgosConfig config) {
    Function<String, PluginContext> contexts =
        StagePluginContext.unlinked(EnrichmentTargets.STAGE, InstantSource.system());
    ProfileCatalog profiles = ConfiguredProfiles.load(config.profiles());
    plugins(config, new ClosedSnmpClient(), () -> profiles, contexts).close();
  }

  /** Starts the service in a process; returns when it runs. */
  public static void start(ArgosConfig config, ServiceShell shell) throws InterruptedException {
    Health.Condition running =
        shell.health().condition(Health.Aspect.STARTED, "enrichment", "waiting for the servers");
    StageLinks links = StageLinks.open(config, EnrichmentTargets.STAGE, shell);
    SnmpEngine snmp =
        links.lifecycle().start("enrichment snmp", () -> SnmpEngine.open(config.snmp()));
    LiveProfiles profiles = LiveProfiles.open(config.profiles(), links.meters(), links.stage());
    links
        .lifecycle()
        .add(
            "enrichment profiles",
            RepeatedTask.start("enrichment-profiles", LiveProfiles.EVERY, profiles::look));
    SnmpMeters.register(snmp, links.meters());
    PluginCatalog<Enricher> plugins =
        links
            .lifecycle()
            .add("enrichment plugins", plugins(config, snmp, profiles, links::pluginContext));
    JobScheduler scheduler = StageEngine.scheduler(links);
    CompactedTable<Resource> allResources =
        links.table(links.topics().resources(), Resource.class, "scheduler");
    CompactedTable<Enrichment> allEnrichments =
        links.table(links.topics().enrichments(), Enrichment.class, "scheduler");
    allResources.listen(
        new ResourceTargets(
            EnrichmentTargets.STAGE,
            plugins.all(),
            config::zoneOf,
            config.schedule().timeZone(),
            new EnrichmentTargets(scheduler)));
    EnrichmentLives lives = new EnrichmentLives();
    allEnrichments.holdNothing();
    allEnrichments.listen(lives);
    links.load(allResources, allEnrichments);

    CompactedTable<Resource> resources =
        links.table(links.topics().resources(), Resource.class, "agent");
    CompactedTable<Enrichment> enrichments =
        links.table(links.topics().enrichments(), Enrichment.class, "agent");
    resources.start();
    enrichments.start();
    EnrichmentPublisher publisher =
        new EnrichmentPublisher(
            links.results(),
            links.schemas(),
            links.topics().enrichments(),
            new EnrichmentTable(enrichments),
            links.clock());
    RetriedRunner runner =
        links
            .lifecycle()
            .add(
                "enrichment retries",
                new RetriedRunner(
                    new EnrichmentRunner(plugins, resources, publisher),
                    links.results(),
                    links.schemas(),
                    links.topics().requests(),
                    links.clock()));
    SecretsAhead secrets = SecretsAhead.start(links, allResources);
    StageEngine.start(
        links, scheduler, runner, new TableGate(resources, List.of(enrichments), secrets::had));

    ResultProducer results = links.results();
    String topic = links.topics().enrichments();
    EnrichmentRemoval removal =
        new EnrichmentRemoval(
            allResources,
            allEnrichments,
            lives,
            (key, id, at) -> results.send(results.record(topic, key, null, id, "Enrichment", at)),
            links.clock(),
            scheduler::leading);
    links
        .lifecycle()
        .add("enrichment removal", RepeatedTask.start("enrichment-removal", SWEEP, removal::sweep));
    running.met();
  }

  private static PluginCatalog<Enricher> plugins(
      ArgosConfig config,
      SnmpClient snmp,
      Supplier<ProfileCatalog> profiles,
      Function<String, PluginContext> contexts) {
    List<EnricherFactory> factories =
        List.of(new SnmpEnricherFactory(snmp, config.snmp(), profiles));
    return PluginCatalog.of(config.enrichment(), factories, EnricherFactory::create, contexts);
  }
}
