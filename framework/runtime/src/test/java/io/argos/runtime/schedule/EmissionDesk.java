package io.argos.runtime.schedule;

import io.argos.config.ScheduleConfig;
import io.argos.schemas.Checkpoint;
import io.argos.schemas.Directive;
import io.argos.schemas.Heartbeat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** What an emission works with, and what it has written. */
final class EmissionDesk {

  static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  static final long LOOKAHEAD = 30_000;
  static final Duration MINUTE = Duration.ofMinutes(1);

  final ScheduleConfig config =
      new ScheduleConfig(
          Duration.ofMillis(LOOKAHEAD),
          // So short that half of it is nothing.
          Duration.ofMillis(1),
          ZoneOffset.UTC,
          Duration.ofMinutes(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofHours(1));
  final TargetIndex index = new TargetIndex();
  final Suspensions suspensions = new Suspensions();
  final Changes changes = new Changes();
  final ZoneWatch zones = new ZoneWatch("polling", config.agentSilence(), config.tick());
  final RecordingSink sink = new RecordingSink();
  final FakeTerm term = new FakeTerm(7);
  final Emission.Parts parts =
      new Emission.Parts(
          new Agenda(index, suspensions),
          changes,
          zones,
          new JobFactory("one", config),
          sink,
          new SchedulerMeters(new SimpleMeterRegistry(), "polling"),
          config);

  Target put(String resource, Duration interval, String zone) {
    Target target =
        TargetIndexTest.target(
            TargetKey.of("polling", "interfaces", resource), new Timing.Every(interval), zone);
    index.put(target);
    return target;
  }

  static Slots slots(Target target) {
    return Slots.of(target.key(), ((Timing.Every) target.timing()).interval());
  }

  /** As a leader writes it. */
  static Checkpoint checkpoint(Emission emission) {
    Emission.Progress progress = emission.progress();
    return Checkpoint.newBuilder()
        .setStage("polling")
        .setWatermark(Instant.ofEpochMilli(progress.watermark()))
        .setEpoch(6)
        .setAt(Instant.ofEpochMilli(progress.at()))
        .setTimings(progress.timings())
        .build();
  }

  Checkpoint checkpoint(Emission emission, long at) {
    return checkpoint(emission.watermark(), at);
  }

  Checkpoint checkpoint(long watermark, long at) {
    return Checkpoint.newBuilder()
        .setStage("polling")
        .setWatermark(Instant.ofEpochMilli(watermark))
        .setEpoch(6)
        .setAt(Instant.ofEpochMilli(at))
        .setTimings(index.signatures())
        .build();
  }

  static Heartbeat heartbeat(String zone, long at) {
    return Heartbeat.newBuilder()
        .setInstance("agent")
        .setStage("polling")
        .setZone(zone)
        .setAt(Instant.ofEpochMilli(at))
        .setStartedAt(Instant.ofEpochMilli(at))
        .setReady(true)
        .build();
  }

  static Directive directive(String kind, long at) {
    return Directive.newBuilder()
        .setId(kind)
        .setResourceId("r1")
        .setKind(kind)
        .setAuthor("somebody")
        .setAt(Instant.ofEpochMilli(at))
        .build();
  }
}
