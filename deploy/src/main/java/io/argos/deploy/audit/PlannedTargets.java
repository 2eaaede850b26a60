package io.argos.deploy.audit;

import io.argos.config.ArgosConfig;
import io.argos.config.PluginEntry;
import io.argos.runtime.filter.ResourceFilter;
import io.argos.runtime.schedule.Target;
import io.argos.runtime.schedule.TargetKey;
import io.argos.runtime.schedule.Timing;
import io.argos.schemas.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the stages have to run under a configuration, computed as they do it: every plugin on every
 * resource that its filter lets through, and every source of discovery.
 */
public final class PlannedTargets {
  private final ArgosConfig config;
  private final List<Planned> plugins = new ArrayList<>();

  /**
   * A plugin instance of a stage.
   *
   * @param stage the stage
   * @param entry its configuration
   * @param filter which resources it runs on; of no meaning in discovery
   * @param timing when it runs
   */
  public record Planned(String stage, PluginEntry entry, ResourceFilter filter, Timing timing) {}

  /**
   * One target.
   *
   * @param key what it is
   * @param zone zone whose agents run it
   * @param timing when it is due
   * @param timeout longest run
   */
  public record PlannedTarget(TargetKey key, String zone, Timing timing, Duration timeout) {}

  /**
   * The plugins of a configuration.
   *
   * @throws io.argos.runtime.filter.FilterException when a filter cannot be read, which {@code
   *     argos config check} says better
   */
  public PlannedTargets(ArgosConfig config) {
    this.config = config;
    Map.of(
            "discovery", config.discovery(),
            "enrichment", config.enrichment(),
            "polling", config.polling())
        .forEach((stage, entries) -> entries.forEach(entry -> plugins.add(planned(stage, entry))));
  }

  private Planned planned(String stage, PluginEntry entry) {
    Timing timing =
        entry
            .interval()
            .<Timing>map(Timing.Every::new)
            .orElseGet(
                () -> new Timing.Cron(entry.cron().orElseThrow(), config.schedule().timeZone()));
    ResourceFilter filter =
        entry.filter().map(ResourceFilter::parse).orElseGet(ResourceFilter::everything);
    return new Planned(stage, entry, filter, timing);
  }

  /** All plugin instances. */
  public List<Planned> plugins() {
    return List.copyOf(plugins);
  }

  /** The sources of discovery. */
  public List<PlannedTarget> sources() {
    return plugins.stream()
        .filter(plugin -> plugin.stage().equals("discovery"))
        .map(plugin -> target(plugin, plugin.entry().name(), config.zoneOf(plugin.entry().site())))
        .toList();
  }

  /** What runs on a resource. */
  public List<PlannedTarget> of(Resource resource) {
    return plugins.stream()
        .filter(plugin -> !plugin.stage().equals("discovery") && plugin.filter().test(resource))
        .map(plugin -> target(plugin, resource.getId(), config.zoneOf(resource.getSite())))
        .toList();
  }

  private static PlannedTarget target(Planned plugin, String resource, String zone) {
    return new PlannedTarget(
        TargetKey.of(plugin.stage(), plugin.entry().name(), resource),
        zone,
        plugin.timing(),
        Target.timeoutFor(plugin.timing(), plugin.entry().timeout()));
  }
}
