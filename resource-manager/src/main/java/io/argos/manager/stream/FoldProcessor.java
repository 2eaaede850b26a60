package io.argos.manager.stream;

import io.argos.manager.stream.Effects.Emission;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.topic.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a fold in a task: reads each record by the rules of its topic, advances the task's clock,
 * fires the deadlines that have passed, takes the record's step and applies its effects. Whatever a
 * step cannot digest goes to dead letters and leaves no trace; only Kafka's own failures and a
 * registry out of reach stop the thread.
 */
final class FoldProcessor<F extends Fold> implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(FoldProcessor.class);

  /** Refusals are logged at most this often, by the log's time. */
  private static final Duration LOG_PAUSE = Duration.ofSeconds(10);

  private final FoldPlan<F> plan;
  private final F fold;
  private final Deadlines deadlines = new Deadlines();
  private Instant clock = Instant.EPOCH;
  private Instant quietUntil = Instant.EPOCH;

  // Set by init, which Kafka calls before anything else.
  @SuppressWarnings("NullAway.Init")
  private ProcessorContext<byte[], byte[]> context;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, byte[]> store;

  FoldProcessor(FoldPlan<F> plan) {
    this.plan = plan;
    this.fold = plan.fold().get();
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> given) {
    context = given;
    store = given.getStateStore(plan.store());
    restore();
  }

  @Override
  public void process(Record<byte[], byte[]> raw) {
    RecordMetadata place = context.recordMetadata().orElseThrow();
    Route<F, ?> route = plan.route(place.topic());
    switch (route.prepare(raw, place.partition())) {
      case Prepared.Refuse<F>(var reason) -> refuse(raw, place, reason);
      case Prepared.Run<F>(var reached, var step) -> {
        advance(reached);
        Effects effects = new Effects();
        try {
          step.accept(fold, effects);
        } catch (RuntimeException e) {
          failed(raw, place, e);
          return;
        }
        apply(effects, EventHeaders.trace(raw.headers()));
      }
    }
  }

  private void advance(Instant reached) {
    if (reached.isAfter(clock)) {
      clock = reached;
    }
    Instant until = clock.minus(plan.grace());
    Optional<Deadlines.Due> due = deadlines.take(until);
    while (due.isPresent()) {
      fire(due.get());
      due = deadlines.take(until);
    }
  }

  private void fire(Deadlines.Due due) {
    Effects effects = new Effects();
    try {
      fold.deadline(due.key(), due.at(), effects);
    } catch (RuntimeException e) {
      rethrowOutage(e);
      log.error("a deadline failed topology={} key={}", plan.reader(), due.key(), e);
      restore();
      // Without its deadline, or restore would have it fire and fail for ever.
      deadlines.cancel(due.key());
      return;
    }
    apply(effects, Optional.empty());
  }

  private void apply(Effects effects, Optional<String> trace) {
    effects
        .puts()
        .forEach((key, entry) -> {
          if (entry == null) {
            store.delete(key);
          } else {
            store.put(key, entry);
          }
        });
    effects
        .deadlines()
        .forEach((key, at) -> {
          if (at == null) {
            deadlines.cancel(key);
          } else {
            deadlines.set(key, at);
          }
        });
    effects.emissions().forEach(emission -> emit(emission, trace));
  }

  private void emit(Emission emission, Optional<String> trace) {
    SpecificRecord content = emission.record();
    byte[] value = content == null ? null : emission.outlet().write(content);
    RecordHeaders headers = new RecordHeaders();
    EventHeaders.set(
        headers,
        emission.id(),
        "io.argos." + emission.outlet().type().getSimpleName(),
        plan.reader(),
        emission.at(),
        trace);
    context.forward(
        new Record<>(
            emission.key().getBytes(StandardCharsets.UTF_8),
            value,
            Math.max(0, clock.toEpochMilli()),
            headers),
        emission.outlet().sink());
  }

  private void failed(Record<byte[], byte[]> raw, RecordMetadata place, RuntimeException e) {
    rethrowOutage(e);
    boolean expected = e instanceof RefusedException;
    if (!expected) {
      log.error(
          "a record could not be folded topology={} topic={} partition={} offset={}",
          plan.reader(),
          place.topic(),
          place.partition(),
          place.offset(),
          e);
      restore();
    }
    refuse(
        raw,
        place,
        expected ? String.valueOf(e.getMessage()) : "the fold failed: " + e.getClass().getName());
  }

  private static void rethrowOutage(RuntimeException e) {
    if (e instanceof SchemaException outage
        && outage.reason() == SchemaException.Reason.UNREACHABLE) {
      throw outage;
    }
  }

  private void refuse(Record<byte[], byte[]> raw, RecordMetadata place, String reason) {
    plan.refusals().increment();
    Instant now = Instant.ofEpochMilli(raw.timestamp());
    if (!now.isBefore(quietUntil)) {
      quietUntil = now.plus(LOG_PAUSE);
      log.warn(
          "a record went to dead letters topology={} topic={} partition={} offset={} reason={}",
          plan.reader(),
          place.topic(),
          place.partition(),
          place.offset(),
          reason);
    }
    context.forward(
        DeadLetter.of(raw, place, plan.reader(), reason),
        plan.route(place.topic()).deadLetterSink());
  }

  private void restore() {
    deadlines.clear();
    fold.restore(new StoreEntries(store), deadlines::set);
  }
}
