package io.argos.runtime.schedule;

import io.argos.config.ScheduleConfig;

/**
 * What lies before a scheduler, kept by every instance whether it leads or not: what is due and
 * what is suspended, which zones have agents, and whether those can do it. Safe for use by any
 * thread.
 */
final class Outlook {

  /** Between two looks at the capacity. */
  private static final long JUDGE_MILLIS = 1_000;

  private final TargetIndex index;
  private final Changes changes;
  private final Suspensions suspensions = new Suspensions();
  private final Agenda agenda;
  private final ZoneWatch zones;
  private final CapacityWatch capacity;

  /** Of the thread that ticks. */
  private volatile long judgedAt;

  Outlook(
      String stage,
      ScheduleConfig config,
      TargetIndex index,
      Changes changes,
      SchedulerMeters meters) {
    this.index = index;
    this.changes = changes;
    this.agenda = new Agenda(index, suspensions);
    this.zones = new ZoneWatch(stage, config.agentSilence(), config.tick());
    this.capacity = new CapacityWatch(stage, config.agentSilence(), meters);
  }

  /** Listens to the tables, which are not started yet. */
  void follow(SchedulerTables tables) {
    tables
        .heartbeats()
        .listen((_, _, after, _) ->
            after.ifPresent(heartbeat -> {
              zones.heard(heartbeat);
              capacity.heard(heartbeat);
            }));
    tables
        .directives()
        .listen((key, _, after, place) ->
            suspensions
                .read(key, after)
                .ifPresent(freed -> brought(freed, place.timestampMillis())));
  }

  Agenda agenda() {
    return agenda;
  }

  ZoneWatch zones() {
    return zones;
  }

  /** A term begins. */
  void begin(long now) {
    zones.listen(now);
  }

  /** A term is over. */
  void end() {
    capacity.forget();
  }

  /** Says what a person should know of capacity and demand; costs nothing most of the time. */
  void judge(long now) {
    if (Math.abs(now - judgedAt) >= JUDGE_MILLIS) {
      judgedAt = now;
      capacity.judge(index.ratesPerSecond(), now);
    }
  }

  /** Slots that a resumption brings back may lie before the watermark. */
  private void brought(Suspensions.Freed freed, long saidAt) {
    index.ofResource(freed.resource()).stream()
        .filter(target -> freed.concerns(target.key()))
        // A slot due at the very moment counts.
        .forEach(target -> changes.changed(target.key(), freed.since() - 1, saidAt));
  }
}
