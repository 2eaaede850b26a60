package io.argos.runtime.plugin;

import io.argos.config.PluginEntry;
import io.argos.runtime.filter.ResourceFilter;

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

  /** Name of the instance. */
  public String name() {
    return entry.name();
  }
}
