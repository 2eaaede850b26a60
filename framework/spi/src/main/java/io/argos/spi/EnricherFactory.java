package io.argos.spi;

/** Makes enrichers of one kind. */
public interface EnricherFactory extends PluginFactory {
  /**
   * Validates and wires; opens no socket and starts no thread, so that a failure here is always one
   * of configuration.
   *
   * @throws PluginConfigException with every problem
   */
  Enricher create(PluginConfig config, PluginContext context);
}
