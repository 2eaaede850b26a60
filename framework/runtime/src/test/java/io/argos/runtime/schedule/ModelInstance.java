package io.argos.runtime.schedule;

import io.argos.config.ScheduleConfig;
import io.argos.runtime.leadership.LeaderTerm;
import io.argos.schemas.Checkpoint;
import io.argos.schemas.Directive;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One instance of a modelled stage: it keeps what a scheduler keeps of the log, reads each topic a
 * while after it was written, and has a clock and a configuration of its own.
 */
final class ModelInstance {

  /** A record, as what it does to whoever reads it. */
  record Entry(long writtenAt, Consumer<ModelInstance> meaning) {}

  final TargetIndex index = new TargetIndex();
  final Suspensions suspensions = new Suspensions();

  /** Since when each target is there, by the log. */
  final Map<TargetKey, Long> since = new HashMap<>();

  final Map<String, Timing> timings;
  final long clockAhead;
  Optional<Checkpoint> latest = Optional.empty();
  boolean leading;

  /** How long after they were written records are read at present. */
  long lag;

  private final Changes changes = new Changes();
  private final ScheduleConfig config;
  private final List<List<Entry>> topics;
  private final int[] read;

  /** An instance that starts now: it has read all that there is. */
  ModelInstance(
      ScheduleConfig config,
      Map<String, Timing> timings,
      long clockAhead,
      List<List<Entry>> topics) {
    this.config = config;
    this.timings = Map.copyOf(timings);
    this.clockAhead = clockAhead;
    this.topics = topics;
    this.read = new int[topics.size()];
    hear(Long.MAX_VALUE);
  }

  /** Reads what was written by a time. */
  void hear(long until) {
    for (int topic = 0; topic < read.length; topic++) {
      hear(topic, until);
    }
  }

  void hear(int topic, long until) {
    List<Entry> entries = topics.get(topic);
    while (read[topic] < entries.size() && entries.get(read[topic]).writtenAt <= until) {
      entries.get(read[topic]++).meaning.accept(this);
    }
  }

  /** A resource is there: every plugin runs on it. */
  void put(String resource, long at) {
    timings.forEach((plugin, timing) -> {
      Target target =
          TargetIndexTest.target(TargetKey.of("polling", plugin, resource), timing, "main");
      if (index.put(target).isEmpty()) {
        changes.renewed(target.key(), at);
        since.put(target.key(), at);
      }
    });
  }

  void remove(String resource) {
    for (Target target : index.ofResource(resource)) {
      index.remove(target.key());
      changes.removed(target.key());
      since.remove(target.key());
    }
  }

  void direct(String key, Optional<Directive> directive, long at) {
    suspensions
        .read(key, directive)
        .ifPresent(freed ->
            index.ofResource(freed.resource()).stream()
                .filter(target -> freed.concerns(target.key()))
                .forEach(target -> changes.changed(target.key(), freed.since() - 1, at)));
  }

  void note(Checkpoint checkpoint) {
    if (latest.isEmpty() || checkpoint.getEpoch() >= latest.get().getEpoch()) {
      latest = Optional.of(checkpoint);
      long covered = checkpoint.getAt().minus(config.lookahead()).toEpochMilli();
      changes.forgetBefore(covered, leading);
    }
  }

  Emission lead(LeaderTerm term, JobSink sink, long now) {
    leading = true;
    var zones = new ZoneWatch("polling", Duration.ofDays(1), config.tick());
    var meters = new SchedulerMeters(new SimpleMeterRegistry(), "polling");
    return new Emission(
        new Emission.Parts(
            new Agenda(index, suspensions),
            changes,
            zones,
            new JobFactory("one", config),
            sink,
            meters,
            config),
        term,
        latest,
        now + clockAhead);
  }

  static Checkpoint checkpoint(Emission emission, long epoch) {
    Emission.Progress progress = emission.progress();
    return Checkpoint.newBuilder()
        .setStage("polling")
        .setWatermark(Instant.ofEpochMilli(progress.watermark()))
        .setEpoch(epoch)
        .setAt(Instant.ofEpochMilli(progress.at()))
        .setTimings(progress.timings())
        .build();
  }
}
