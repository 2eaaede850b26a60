package io.argos.spi;

/** Makes pollers of one kind. */
public interface PollerFactory extends PluginFactory {
  /**
   * Validates and wires; opens no socket and starts no thread, so that a failure here is always one
   * of configuration.
   *
   * @throws PluginConfigException with every problem
   */
  Poller create(PluginConfig config, PluginContext context);
}
