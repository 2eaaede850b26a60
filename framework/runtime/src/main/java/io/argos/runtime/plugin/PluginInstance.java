package io.argos.runtime.plugin;

import io.argos.config.PluginEntry;
import io.argos.runtime.filter.ResourceFilter;
import java.time.Duration;

/**
 * One configured plugin, ready to run.
 *
 * @param entry its configuration
 * @param configHash hash of kind and settings, hex
 * @param filter which resources it runs on
 * @param plugin the plugin itself
 * @param <P> type of the plugin
 */
public record PluginInstance<P extends AutoCloseable>(
    PluginEntry entry, String configHash, ResourceFilter filter, P plugin) {

  private static final Duration LONGEST_BY_CRON = Duration.ofHours(1);

  /** Name of the instance. */
  public String name() {
    return entry.name();
  }

  /**
   * Longest run: as configured, or four fifths of the interval, or an hour with a cron schedule.
   */
  public Duration timeout() {
    return entry
        .timeout()
        .orElseGet(() ->
            entry
                .interval()
                .map(interval -> interval.multipliedBy(4).dividedBy(5))
                .orElse(LONGEST_BY_CRON));
  }
}
