package io.argos.snmp;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;

/** The counters of an engine as metrics. */
public final class SnmpMeters {
  private SnmpMeters() {}

  /**
   * Registers the counters of an engine. They count on for as long as somebody holds the engine.
   */
  public static void register(SnmpEngine engine, MeterRegistry registry) {
    counter(
        registry,
        engine,
        "argos.snmp.requests",
        "Requests sent, repetitions included",
        SnmpCounters::requests);
    counter(
        registry,
        engine,
        "argos.snmp.repetitions",
        "Requests sent again for want of an answer",
        SnmpCounters::repetitions);
    counter(registry, engine, "argos.snmp.answers", "Answers taken", SnmpCounters::answers);
    counter(
        registry,
        engine,
        "argos.snmp.unanswered",
        "Requests given up after all repetitions",
        SnmpCounters::unanswered);
    counter(
        registry,
        engine,
        "argos.snmp.unknown.ids",
        "Replies that nobody waits for, or no longer",
        SnmpCounters::unknownIds);
    counter(
        registry,
        engine,
        "argos.snmp.foreign",
        "Replies from another address, port or version than was asked",
        SnmpCounters::foreign);
    counter(
        registry,
        engine,
        "argos.snmp.malformed",
        "Datagrams that are no SNMP reply or do not fit their request",
        SnmpCounters::malformed);
    counter(registry, engine, "argos.snmp.too.big", "Answers of tooBig", SnmpCounters::tooBig);
    counter(
        registry,
        engine,
        "argos.snmp.cut",
        "Walks cut for a loop or for their length",
        SnmpCounters::cut);
    counter(
        registry,
        engine,
        "argos.snmp.refused",
        "Reports that a v3 credential is wrong",
        SnmpCounters::refused);
    if (SocketDrops.told()) {
      FunctionCounter.builder("argos.snmp.dropped", engine, SnmpEngine::dropped)
          .description("Answers that the system dropped, since its buffer for them was full")
          .register(registry);
    }
  }

  private static void counter(
      MeterRegistry registry,
      SnmpEngine engine,
      String name,
      String description,
      ToLongFunction<SnmpCounters> value) {
    FunctionCounter.builder(name, engine, counted -> value.applyAsLong(counted.counters()))
        .description(description)
        .register(registry);
  }
}
