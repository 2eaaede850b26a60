package io.argos.runtime.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The metrics of a process, kept for Prometheus: its own, and those of the JVM and the process.
 * Safe for use by any thread.
 */
public final class Meters implements AutoCloseable {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final int PAGE = 4096;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /**
   * @param commonTags tags of every meter, such as stage and instance
   */
  public Meters(Map<String, String> commonTags) {
    registry
        .config()
        .commonTags(
            Tags.of(
                commonTags.entrySet().stream()
                    .map(tag -> Tag.of(tag.getKey(), tag.getValue()))
                    .toList()));
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmInfoMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    if (Files.isReadable(STATM)) {
      Gauge.builder("process.resident.memory", Meters::residentBytes)
          .description("Memory of the process that is in RAM")
          .baseUnit("bytes")
          .register(registry);
    }
  }

  /** Where meters are registered. */
  public MeterRegistry registry() {
    return registry;
  }

  /** All metrics in the text format of Prometheus. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }

  private static double residentBytes() {
    try {
      // proc(5): the second field of statm is the resident set in pages.
      return Long.parseLong(Files.readString(STATM).split(" ")[1]) * (double) PAGE;
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
