package io.argos.runtime.schedule;

import io.argos.config.ScheduleConfig;
import io.argos.schemas.Directive;
import java.util.Optional;

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
                .ifPresent(resource -> changed(resource, since(after, place.timestampMillis()))));
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

  /** A slot due at the very moment counts, and one due while the directive was on its way. */
  private static long since(Optional<Directive> directive, long written) {
    return directive
            .map(found -> Math.min(written, Suspensions.startOf(found).toEpochMilli()))
            .orElse(written)
        - 1;
  }

  /** Slots that a resumption brings back may lie before the watermark. */
  private void changed(String resource, long at) {
    index.ofResource(resource).forEach(target -> changes.changed(target.key(), at));
  }
}
