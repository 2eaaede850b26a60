package io.argos.discovery;

import io.argos.config.ArgosConfig;
import io.argos.discovery.plugin.jsonfile.JsonFileDiscovererFactory;
import io.argos.discovery.plugin.subnet.SubnetDiscovererFactory;
import io.argos.discovery.run.DiscoveryRunner;
import io.argos.discovery.schedule.DiscoveryTargets;
import io.argos.runtime.agent.JobGate;
import io.argos.runtime.agent.Readiness;
import io.argos.runtime.agent.RetriedRunner;
import io.argos.runtime.health.Health;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.runtime.plugin.StagePluginContext;
import io.argos.runtime.result.DiscoveryPublisher;
import io.argos.runtime.schedule.JobScheduler;
import io.argos.runtime.stage.ServiceShell;
import io.argos.runtime.stage.StageEngine;
import io.argos.runtime.stage.StageLinks;
import io.argos.snmp.ClosedSnmpClient;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpEngine;
import io.argos.snmp.SnmpMeters;
import io.argos.spi.Discoverer;
import io.argos.spi.DiscovererFactory;
import io.argos.spi.PluginContext;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** Makes and starts what the discovery service consists of. */
public final class DiscoveryWiring {
  private DiscoveryWiring() {}

  /**
   * Checks the configuration of the stage's plugins, without opening anything.
   *
   * @throws io.argos.config.ConfigException with every problem
   */
  public static void check(ArgosConfig config) {
    Function<String, PluginContext> contexts =
        StagePluginContext.unlinked(DiscoveryTargets.STAGE, InstantSource.system());
    plugins(config, new ClosedSnmpClient(), contexts).close();
  }

  /** Starts the service in a process; returns when it runs. */
  public static void start(ArgosConfig config, ServiceShell shell) throws InterruptedException {
    Health.Condition running =
        shell.health().condition(Health.Aspect.STARTED, "discovery", "waiting for the servers");
    StageLinks links = StageLinks.open(config, DiscoveryTargets.STAGE, shell);
    SnmpEngine snmp =
        links.lifecycle().start("discovery snmp", () -> SnmpEngine.open(config.snmp()));
    SnmpMeters.register(snmp, links.meters());
    PluginCatalog<Discoverer> plugins =
        links.lifecycle().add("discovery plugins", plugins(config, snmp, links::pluginContext));
    DiscoveryPublisher publisher =
        new DiscoveryPublisher(
            links.results(), links.schemas(), links.topics().discoveries(), links.clock());
    JobScheduler scheduler = StageEngine.scheduler(links);
    new DiscoveryTargets(config, plugins, scheduler).put(links.clock().instant());
    JobGate open = job -> new Readiness.Ready();
    RetriedRunner runner =
        links
            .lifecycle()
            .add(
                "discovery retries",
                new RetriedRunner(
                    new DiscoveryRunner(plugins, publisher, links.instance()),
                    links.results(),
                    links.schemas(),
                    links.topics().requests(),
                    links.clock()));
    StageEngine.start(links, scheduler, runner, open);
    running.met();
  }

  private static PluginCatalog<Discoverer> plugins(
      ArgosConfig config, SnmpClient snmp, Function<String, PluginContext> contexts) {
    List<DiscovererFactory> factories =
        List.of(new JsonFileDiscovererFactory(), new SubnetDiscovererFactory(snmp));
    return PluginCatalog.of(config.discovery(), factories, DiscovererFactory::create, contexts);
  }
}
