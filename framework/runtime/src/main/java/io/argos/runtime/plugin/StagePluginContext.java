package io.argos.runtime.plugin;

import io.argos.spi.PluginContext;
import io.argos.spi.Secrets;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/**
 * The context of one plugin instance.
 *
 * @param stage stage of the instance, a tag of its counters
 * @param instance its name
 * @param clock the time of day
 * @param secrets the secrets
 * @param meters where its counters go
 */
public record StagePluginContext(
    String stage, String instance, InstantSource clock, Secrets secrets, MeterRegistry meters)
    implements PluginContext {

  @Override
  public System.Logger log() {
    return System.getLogger("io.argos.plugin." + stage + "." + instance);
  }

  @Override
  public void count(String name, long amount) {
    meters.counter("argos.plugin." + name, "stage", stage, "plugin", instance).increment(amount);
  }
}
