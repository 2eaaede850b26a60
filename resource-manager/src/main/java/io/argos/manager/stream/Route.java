package io.argos.manager.stream;

import io.argos.schemas.Tick;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;

/**
 * One source of a fold: the rules of its topic and the step that each record takes.
 *
 * @param source name of the source, from which the names in the topology are made
 * @param inlet the rules of its topic
 * @param clock the time that the task's clock has reached with a record
 * @param step what the fold does with a record
 * @param burial what it does with a tombstone
 */
public record Route<F extends Fold, T extends SpecificRecord>(
    String source, Inlet<T> inlet, Clock<T> clock, Step<F, T> step, Burial<F> burial) {

  /** The time that has been reached with a record. */
  @FunctionalInterface
  public interface Clock<T extends SpecificRecord> {
    Instant reached(Arrival.Accepted<T> arrival);
  }

  /** What a fold does with a record. */
  @FunctionalInterface
  public interface Step<F extends Fold, T extends SpecificRecord> {
    void apply(F fold, Arrival.Accepted<T> arrival, Effects effects);
  }

  /** What a fold does with a tombstone. */
  @FunctionalInterface
  public interface Burial<F extends Fold> {
    void apply(F fold, String key, Instant time, Effects effects);
  }

  /** A source whose records have steps and which knows no tombstones. */
  public static <F extends Fold, T extends SpecificRecord> Route<F, T> of(
      String source, Inlet<T> inlet, Step<F, T> step) {
    return new Route<>(source, inlet, Arrival.Accepted::time, step, (_, _, _, _) -> {});
  }

  /** A table: its tombstones have a step as well. */
  public static <F extends Fold, T extends SpecificRecord> Route<F, T> table(
      String source, Inlet<T> inlet, Step<F, T> step, Burial<F> burial) {
    return new Route<>(source, inlet, Arrival.Accepted::time, step, burial);
  }

  /** Ticks, which move the clock and nothing else. */
  public static <F extends Fold> Route<F, Tick> ticks(Inlet<Tick> inlet) {
    return new Route<>(
        "ticks",
        inlet,
        tick -> tick.record().getAt().isAfter(tick.time()) ? tick.record().getAt() : tick.time(),
        (_, _, _) -> {},
        (_, _, _, _) -> {});
  }

  /** Name of the source in the topology. */
  public String sourceName() {
    return source + "-source";
  }

  /** Name of the sink that takes what cannot be read from this source. */
  public String deadLetterSink() {
    return source + "-dead-letters-sink";
  }

  Prepared<F> prepare(Record<byte[], byte[]> raw, int partition) {
    return switch (inlet.read(raw, partition)) {
      case Arrival.Refused<T>(var reason) -> new Prepared.Refuse<>(reason);
      case Arrival.Tombstone<T>(var key, var time) ->
          new Prepared.Run<>(time, (fold, effects) -> burial.apply(fold, key, time, effects));
      case Arrival.Accepted<T> accepted ->
          new Prepared.Run<>(
              clock.reached(accepted), (fold, effects) -> step.apply(fold, accepted, effects));
    };
  }
}
