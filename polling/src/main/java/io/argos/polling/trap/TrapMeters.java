package io.argos.polling.trap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What becomes of the traps that were heard. Each is counted under one of the first four. */
final class TrapMeters {
  private final Counter defined;
  private final Counter raw;
  private final Counter folded;
  private final Counter repeated;
  private final Counter unknown;
  private final Counter summaries;
  private final Counter losses;
  private final Counter polls;

  TrapMeters(MeterRegistry meters) {
    this.defined = events(meters, "defined");
    this.raw = events(meters, "raw");
    this.summaries = events(meters, "folded");
    this.losses = events(meters, "lost");
    this.folded =
        Counter.builder("argos.traps.folded")
            .description("Traps that became no event of their own, for others of their problem")
            .register(meters);
    this.repeated =
        Counter.builder("argos.traps.repeated")
            .description("Traps that had come before")
            .register(meters);
    this.unknown =
        Counter.builder("argos.traps.unknown")
            .description("Traps whose sender is no known resource")
            .register(meters);
    this.polls =
        Counter.builder("argos.traps.polls").description("Polls asked for").register(meters);
  }

  private static Counter events(MeterRegistry meters, String kind) {
    return Counter.builder("argos.traps.events")
        .description("Events written of traps, by kind")
        .tag("kind", kind)
        .register(meters);
  }

  void written(boolean byDefinition) {
    (byDefinition ? defined : raw).increment();
  }

  void summary() {
    summaries.increment();
  }

  void lost() {
    losses.increment();
  }

  void folded() {
    folded.increment();
  }

  void repeated() {
    repeated.increment();
  }

  void unknown() {
    unknown.increment();
  }

  void polls(int count) {
    polls.increment(count);
  }
}
