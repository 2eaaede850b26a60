package io.argos.runtime.plugin;

import io.argos.spi.PluginContext;
import io.argos.spi.Secrets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

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
    Counter.builder("argos.plugin." + name)
        .description("Counted by plugins: " + name.replace('_', ' '))
        .tags("stage", stage, "plugin", instance)
        .register(meters)
        .increment(amount);
  }

  /** Contexts without secrets and metrics, for checking a configuration only. */
  public static Function<String, PluginContext> unlinked(String stage, InstantSource clock) {
    MeterRegistry nowhere = new CompositeMeterRegistry();
    return instance ->
        new StagePluginContext(stage, instance, clock, (secret, site) -> Optional.empty(), nowhere);
  }
}
