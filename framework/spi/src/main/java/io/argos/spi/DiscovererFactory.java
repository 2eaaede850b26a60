package io.argos.spi;

/** Makes discoverers of one kind. */
public interface DiscovererFactory extends PluginFactory {
  /**
   * Validates and wires; opens no socket and starts no thread, so that a failure here is always one
   * of configuration.
   *
   * @throws PluginConfigException with every problem
   */
  Discoverer create(PluginConfig config, PluginContext context);
}
