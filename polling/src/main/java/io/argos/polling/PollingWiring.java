package io.argos.polling;

import io.argos.config.ArgosConfig;
import io.argos.polling.ping.Pinger;
import io.argos.polling.plugin.ping.PingPollerFactory;
import io.argos.polling.plugin.snmp.SnmpPollerFactory;
import io.argos.polling.run.EnrichmentRequests;
import io.argos.polling.run.PollRunner;
import io.argos.polling.schedule.PollTargets;
import io.argos.polling.trap.TrapSenders;
import io.argos.polling.trap.TrapService;
import io.argos.profile.ConfiguredProfiles;
import io.argos.profile.LiveProfiles;
import io.argos.profile.ProfileCatalog;
import io.argos.runtime.agent.PermitClass;
import io.argos.runtime.health.Health;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.runtime.plugin.StagePluginContext;
import io.argos.runtime.result.EnrichmentTable;
import io.argos.runtime.result.PollPublisher;
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
import io.argos.spi.PluginContext;
import io.argos.spi.Poller;
import io.argos.spi.PollerFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes and starts what the polling service consists of. */
public final class PollingWiring {
  private PollingWiring() {}

  /**
   * Checks the configuration of the stage's plugins and the profiles, without opening anything.
   *
   * @throws io.argos.config.ConfigException with every problem
   */
  public static void check(ArgosConfig config) {
    Function<String, PluginContext> contexts =
        StagePluginContext.unlinked(PollTargets.STAGE, InstantSource.system());
    ProfileCatalog profiles = ConfiguredProfiles.load(config.profiles());
    try (Pinger unused = new Pinger()) {
      plugins(config, new ClosedSnmpClient(), () -> profiles, unused, contexts).close();
    }
  }

  /** Starts the service in a process; returns when it runs. */
  public static void start(ArgosConfig config, ServiceShell shell) throws InterruptedException {
    Health.Condition running =
        shell.health().condition(Health.Aspect.STARTED, "polling", "waiting for the servers");
    StageLinks links = StageLinks.open(config, PollTargets.STAGE, shell);
    SnmpEngine snmp = links.lifecycle().start("polling snmp", () -> SnmpEngine.open(config.snmp()));
    Pinger pinger = links.lifecycle().add("polling pings", new Pinger());
    LiveProfiles profiles = LiveProfiles.open(config.profiles(), links.meters(), links.stage());
    links
        .lifecycle()
        .add(
            "polling profiles",
            RepeatedTask.start("polling-profiles", LiveProfiles.EVERY, profiles::look));
    SnmpMeters.register(snmp, links.meters());
    PluginCatalog<Poller> plugins =
        links
            .lifecycle()
            .add("polling plugins", plugins(config, snmp, profiles, pinger, links::pluginContext));

    JobScheduler scheduler = StageEngine.scheduler(links);
    CompactedTable<Resource> allResources =
        links.table(links.topics().resources(), Resource.class, "scheduler");
    CompactedTable<Enrichment> allEnrichments =
        links.table(links.topics().enrichments(), Enrichment.class, "scheduler");
    PollTargets targets = new PollTargets(scheduler);
    ResourceTargets byResource =
        new ResourceTargets(
            PollTargets.STAGE,
            plugins.all(),
            config::zoneOf,
            config.schedule().timeZone(),
            targets);
    allResources.listen(byResource);
    TrapSenders senders = TrapService.senders(config);
    if (config.snmp().traps().enabled()) {
      allResources.listen(senders);
    }
    allEnrichments.only(PollTargets::saysWhatADeviceIs);
    allEnrichments.listen(targets.devices(byResource, plugins.all(), allResources));
    links.load(allResources, allEnrichments);

    CompactedTable<Resource> resources =
        links.table(links.topics().resources(), Resource.class, "agent");
    CompactedTable<Enrichment> enrichments =
        links.table(links.topics().enrichments(), Enrichment.class, "agent");
    resources.start();
    enrichments.start();
    PollRunner runner =
        new PollRunner(
            plugins,
            Map.of(PingPollerFactory.KIND, PermitClass.EXEC),
            resources,
            new EnrichmentTable(enrichments),
            new PollPublisher(
                links.results(), links.schemas(), links.topics().polls(), links.clock()),
            new EnrichmentRequests(links.results(), links.schemas(), links.topics().requests()));
    SecretsAhead secrets = SecretsAhead.start(links, allResources);
    StageEngine.start(
        links, scheduler, runner, new TableGate(resources, List.of(enrichments), secrets::had));
    if (config.snmp().traps().enabled()) {
      TrapService.start(
          links,
          senders,
          allResources,
          resource -> plugins.all().stream().anyMatch(plugin -> plugin.filter().test(resource)),
          allEnrichments,
          enrichments,
          profiles);
    }
    running.met();
  }

  private static PluginCatalog<Poller> plugins(
      ArgosConfig config,
      SnmpClient snmp,
      Supplier<ProfileCatalog> profiles,
      Pinger pinger,
      Function<String, PluginContext> contexts) {
    List<PollerFactory> factories =
        List.of(
            new SnmpPollerFactory(snmp, config.snmp(), profiles, pinger),
            new PingPollerFactory(pinger));
    return PluginCatalog.of(config.polling(), factories, PollerFactory::create, contexts);
  }
}
