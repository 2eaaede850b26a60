package io.argos.runtime.schedule;

import io.argos.schemas.JobReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The figures of one stage's scheduler. Safe for use by any thread. */
final class SchedulerMeters {

  private final MeterRegistry registry;
  private final String stage;
  private final Map<JobReason, Counter> emitted = new EnumMap<>(JobReason.class);
  private final Map<String, Counter> missed = new ConcurrentHashMap<>();
  private final Timer lag;

  SchedulerMeters(MeterRegistry registry, String stage) {
    this.registry = registry;
    this.stage = stage;
    for (JobReason reason : JobReason.values()) {
      emitted.put(
          reason,
          Counter.builder("argos.scheduler.jobs")
              .description("Jobs emitted and acknowledged")
              .tag("stage", stage)
              .tag("reason", reason.name())
              .register(registry));
    }
    this.lag =
        Timer.builder("argos.scheduler.lag")
            .description("How much later than planned a slot's job was emitted")
            .tag("stage", stage)
            .publishPercentiles(0.5, 0.99)
            .percentilePrecision(2)
            .distributionStatisticExpiry(Duration.ofMinutes(2))
            .register(registry);
  }

  /** A figure that is read when asked for. */
  void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder("argos.scheduler." + name, value)
        .description(description)
        .tag("stage", stage)
        .register(registry);
  }

  /** How many jobs more should run at once in a zone than its agents may run. */
  void shortfall(String zone, Supplier<Number> value) {
    Gauge.builder("argos.scheduler.capacity.shortfall", value)
        .description("Jobs that should run at once in a zone beyond what its agents may run")
        .tag("stage", stage)
        .tag("zone", zone)
        .register(registry);
  }

  void lag(long millis) {
    lag.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
  }

  void written(Item item) {
    switch (item) {
      case Item.Emit(Planned planned) -> emitted(planned.reason());
      case Item.Miss(Planned _, String cause, String _) -> missed(cause);
    }
  }

  void emitted(JobReason reason) {
    Counter counter = emitted.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  void missed(String cause) {
    missed
        .computeIfAbsent(
            cause,
            unseen ->
                Counter.builder("argos.scheduler.missed")
                    .description("Jobs that nobody ran, by cause")
                    .tag("stage", stage)
                    .tag("cause", unseen)
                    .register(registry))
        .increment();
  }
}
