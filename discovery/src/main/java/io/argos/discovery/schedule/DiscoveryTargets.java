package io.argos.discovery.schedule;

import io.argos.config.ArgosConfig;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.runtime.plugin.PluginInstance;
import io.argos.runtime.schedule.JobScheduler;
import io.argos.runtime.schedule.Target;
import io.argos.runtime.stage.ResourceTargets;
import io.argos.spi.Discoverer;
import java.time.Instant;

/** The targets of discovery: each source is one, whatever it finds. */
public final class DiscoveryTargets {
  /** The stage. */
  public static final String STAGE = "discovery";

  private final ArgosConfig config;
  private final PluginCatalog<Discoverer> plugins;
  private final JobScheduler scheduler;

  public DiscoveryTargets(
      ArgosConfig config, PluginCatalog<Discoverer> plugins, JobScheduler scheduler) {
    this.config = config;
    this.plugins = plugins;
    this.scheduler = scheduler;
  }

  /**
   * Hands every source to the scheduler, with the wish for a first run: whoever starts Argos wants
   * to see the estate at once. Agents that have just run a source under this configuration know the
   * job and drop it.
   */
  public void put(Instant now) {
    for (PluginInstance<Discoverer> source : plugins.all()) {
      scheduler.first(targetOf(source), "configuration " + source.configHash(), now);
    }
  }

  private Target targetOf(PluginInstance<Discoverer> source) {
    return ResourceTargets.target(
        STAGE,
        source,
        source.name(),
        0,
        config.zoneOf(source.entry().site()),
        config.schedule().timeZone());
  }
}
