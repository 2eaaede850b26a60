package io.argos.runtime.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The slots that nobody could run, since their zone had no agent. A job is emitted for them all the
 * same, as one may come; when its time is over and none was there, it is a missed one. Of one term
 * and one thread.
 */
final class ZoneAccount {

  private final Agenda agenda;
  private final TargetIndex index;
  private final ZoneWatch zones;
  private final JobFactory jobs;
  private final long reach;
  private final long from;

  /** Up to when the expiries of zones that have or had no agent are accounted for. */
  private final Map<String, Long> accounted = new HashMap<>();

  /**
   * An account of expiries.
   *
   * @param from what expired before is accounted for
   */
  ZoneAccount(Emission.Parts parts, long from) {
    this.agenda = parts.agenda();
    this.index = agenda.targets();
    this.zones = parts.zones();
    this.jobs = parts.jobs();
    this.reach = parts.config().missedReach().toMillis();
    this.from = from;
  }

  /** What is to be told now. */
  List<Item> take(long now) {
    // What ends while that cannot be told is accounted for when it can.
    Optional<Map<String, Long>> told = zones.silent(index.zones(), now);
    Map<String, Long> silent = told.orElse(Map.of());
    Map<String, Long> begins = new HashMap<>();
    // A zone is known to be silent a while after its last sign of life; what expired in between
    // counts. A clock that was set back comes to the same expiries again.
    silent.forEach((zone, since) ->
        begins.put(
            zone,
            Math.max(
                Math.max(since, now - reach), Math.min(now, accounted.getOrDefault(zone, from)))));
    List<Item> missed = new ArrayList<>();
    long earliest = begins.values().stream().mapToLong(Long::longValue).min().orElse(now);
    for (Due next : index.due(earliest, now)) {
      Target target = next.target();
      Long begin = begins.get(target.zone());
      if (begin != null && next.dueAt() > begin) {
        long dueAt = index.previous(target.key(), next.dueAt() - 1);
        if (dueAt != SlotTimes.NONE_BEFORE
            && dueAt > silent.getOrDefault(target.zone(), now)
            && !agenda.suspended(target.key(), dueAt)) {
          missed.add(
              new Item.Miss(
                  jobs.slot(new Due(target, dueAt, next.dueAt())),
                  MissedCause.NO_AGENT,
                  "no agent of zone '%s' was alive".formatted(target.zone())));
        }
      }
    }
    silent.keySet().forEach(zone -> accounted.put(zone, now));
    return missed;
  }
}
