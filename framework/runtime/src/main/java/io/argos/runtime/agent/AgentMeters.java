package io.argos.runtime.agent;

import io.argos.schemas.OutcomeStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** What an agent counts and times. Safe for use by any thread. */
final class AgentMeters {
  /** A few bounds that tell something: of what was promised, of a time-out, of an interval. */
  private static final Duration[] BUCKETS =
      LongStream.of(
              5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<OutcomeStatus, Counter> outcomes = new EnumMap<>(OutcomeStatus.class);
  private final Timer lateness;
  private final Timer duration;
  private final Counter leaks;
  private final Counter gaps;
  private final AtomicInteger leaked = new AtomicInteger();
  private final RunTimes times = new RunTimes(System::nanoTime);

  AgentMeters(MeterRegistry registry, String stage, String zone) {
    this.registry = registry;
    this.tags = Tags.of("stage", stage, "zone", zone);
    for (OutcomeStatus status : OutcomeStatus.values()) {
      outcomes.put(
          status,
          Counter.builder("argos.agent.outcomes")
              .description("Jobs ended, by status of their outcome")
              .tags(tags.and("status", status.name()))
              .register(registry));
    }
    lateness =
        Timer.builder("argos.agent.lateness")
            .description("Time from due to start")
            .serviceLevelObjectives(BUCKETS)
            .tags(tags)
            .register(registry);
    duration =
        Timer.builder("argos.agent.duration")
            .description("Time from start to end")
            .serviceLevelObjectives(BUCKETS)
            .tags(tags)
            .register(registry);
    leaks = counter("argos.agent.leaks", "Jobs whose thread outlived its deadline for too long");
    gaps = counter("argos.agent.gaps", "Times that the poll loop stood still for too long");
    gauge(
        "argos.agent.leaked", "Threads of ended jobs that still run", leaked, Number::doubleValue);
  }

  /** A gauge of the agent; it keeps no hold on the state. */
  <T> void gauge(String name, String description, T state, ToDoubleFunction<T> value) {
    Gauge.builder(name, state, value).description(description).tags(tags).register(registry);
  }

  void ended(OutcomeStatus status) {
    Counter counter = outcomes.get(status);
    if (counter != null) {
      counter.increment();
    }
  }

  void started(Duration late) {
    lateness.record(late.isNegative() ? Duration.ZERO : late);
  }

  void ran(Duration time) {
    duration.record(time);
    times.ran(time);
  }

  /** How long jobs ran within the last minute. */
  RunTimes.Lately lately() {
    return times.lately();
  }

  void leaked() {
    leaks.increment();
    leaked.incrementAndGet();
  }

  /** A leaked thread has ended after all. */
  void returned() {
    leaked.decrementAndGet();
  }

  int leakedNow() {
    return leaked.get();
  }

  void gap() {
    gaps.increment();
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }
}
