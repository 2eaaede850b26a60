package io.argos.runtime.schedule;

import io.argos.config.ScheduleConfig;
import io.argos.runtime.leadership.LeaderTerm;
import io.argos.schemas.Checkpoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of one term: from turn to turn it emits all slots up to one lookahead from now, and what
 * late slots and changes ask for. Of one thread.
 *
 * <p>It moves on only when all that it has written is acknowledged, so that {@link #progress()} is
 * a promise: every slot due up to its watermark is in the log, as a job or as a missed one.
 */
final class Emission {

  private static final Logger log = LoggerFactory.getLogger(Emission.class);

  /** A position further ahead than this can only come from a clock that was wrong. */
  private static final long IMPLAUSIBLE_MILLIS = 60_000;

  private final Agenda agenda;
  private final TargetIndex index;
  private final Changes changes;
  private final ZoneAccount zones;
  private final JobFactory jobs;
  private final SchedulerMeters meters;
  private final long lookahead;
  private final long ahead;
  private final long reach;
  private final long began;

  private final Backlog backlog = new Backlog();

  /** Nothing new is made while there is anything in it. */
  private final Outbox outbox;

  /** All slots up to here have been made into items. */
  private long position;

  /** What the last turn has come to, as soon as all that it left is written. */
  private Progress reached;

  /** What has come to be so. */
  private Progress settled;

  /** When all slots up to then were in the log for certain, whatever the position says. */
  private long heard;

  private long lastTurn;

  /**
   * Begins a term.
   *
   * @param parts what it works with
   * @param term the term
   * @param from the last checkpoint of the former leader
   * @param now the time
   */
  Emission(Parts parts, LeaderTerm term, Optional<Checkpoint> from, long now) {
    this.agenda = parts.agenda();
    this.index = agenda.targets();
    this.changes = parts.changes();
    this.jobs = parts.jobs();
    this.meters = parts.meters();
    this.outbox = new Outbox(agenda, jobs, parts.sink(), meters, term);
    this.lookahead = parts.config().lookahead().toMillis();
    // Half of the jobs leave a little early, half a little late, none by more than half a tick.
    this.ahead = lookahead + parts.config().tick().toMillis() / 2;
    this.reach = parts.config().missedReach().toMillis();
    this.began = now;
    this.lastTurn = now;
    this.settled =
        from.map(checkpoint ->
                new Progress(
                    checkpoint.getWatermark().toEpochMilli(),
                    checkpoint.getAt().toEpochMilli(),
                    checkpoint.getTimings()))
            .orElse(new Progress(now, now, Map.of()));
    this.reached = settled;
    this.position = settled.watermark();
    this.heard = settled.at();
    // A leader whose term was short may not have been able to tell.
    long untold = from.isEmpty() ? 0 : 2 * parts.config().agentSilence().toMillis();
    this.zones = new ZoneAccount(parts, heard - untold);
    changes.begin();
    from.ifPresentOrElse(this::resume, changes::forgetSlots);
  }

  /** What every term works with. */
  record Parts(
      Agenda agenda,
      Changes changes,
      ZoneWatch zones,
      JobFactory jobs,
      JobSink sink,
      SchedulerMeters meters,
      ScheduleConfig config) {}

  /**
   * What a successor may rely on.
   *
   * @param watermark every slot due up to here is in the log
   * @param at all changes that were known then are acted upon
   * @param timings what was in force then
   */
  record Progress(long watermark, long at, Map<String, String> timings) {}

  /** Every slot due up to here is in the log. */
  long watermark() {
    return settled.watermark();
  }

  /** What there is of it now. Where work is left behind, it is that of before. */
  Progress progress() {
    return settled;
  }

  /**
   * One turn.
   *
   * @return false when not all could be written; the next turn tries again before anything else
   */
  boolean turn(long now) throws InterruptedException {
    if (!outbox.flush(now)) {
      return false;
    }
    settle();
    distrustFarPosition(now);
    if (position < now) {
      fallBehind(now);
    }
    // Taken before the slots are: what changes from here on is followed up to the new position.
    Map<String, String> timings = index.signatures();
    Changes.Batch changed = changes.drain();
    followChanges(changed, now);
    long end = now + ahead;
    for (Due due : agenda.due(position, end)) {
      outbox.add(new Item.Emit(jobs.slot(due)));
      // The first turn of a term catches up; what it finds was planned for the former leader.
      if (due.dueAt() - lookahead > began) {
        meters.lag(now - (due.dueAt() - lookahead));
      }
    }
    position = Math.max(position, end);
    outbox.addAll(backlog.take(now, now - lastTurn, index.ratePerSecond(), agenda, jobs));
    outbox.addAll(zones.take(now));
    lastTurn = now;
    reached = new Progress(position, now, timings);
    boolean through = outbox.flush(now);
    if (through) {
      settle();
    }
    return through;
  }

  private void settle() {
    if (backlog.isEmpty()) {
      settled = reached;
    }
  }

  /**
   * What its predecessor may not have done: a plugin that it did not know, or knew otherwise, and
   * changes after its last sign of life less one lookahead for what was on the way.
   */
  private void resume(Checkpoint checkpoint) {
    changes.forgetBefore(heard - lookahead, false);
    Map<String, String> former = checkpoint.getTimings();
    index
        .signatures()
        .forEach((plugin, signature) -> {
          String before = former.get(plugin);
          if (signature.equals(before)) {
            return;
          }
          for (Target target : index.ofPlugin(plugin)) {
            // Only its newest slot: those before were the former timing's.
            long newest = before(index.previous(target.key(), began));
            changes.changed(target.key(), Math.max(Math.min(heard, began), newest), began);
            if (before == null) {
              changes.first(target.key(), "plugin " + plugin + ' ' + signature, began);
            }
          }
        });
  }

  /** Emitting again is harmless, since ids are the same. */
  private void distrustFarPosition(long now) {
    if (position > now + lookahead + IMPLAUSIBLE_MILLIS) {
      log.warn(
          "emitted further ahead than the clock allows, emitting again from now aheadMillis={}",
          position - now);
      position = Math.min(now, heard);
    }
    heard = now;
  }

  private void fallBehind(long now) {
    long oldest = now - reach;
    AtomicInteger late = new AtomicInteger();
    AtomicInteger missed = new AtomicInteger();
    agenda.latest(
        position,
        now,
        newest -> {
          late.incrementAndGet();
          backlog.late(jobs.slot(newest));
        },
        older -> {
          missed.incrementAndGet();
          if (older.to() > oldest) {
            backlog.missed(
                new MissedRange(older.target(), Math.max(older.from(), oldest), older.to()));
          }
        });
    sayHowFarBehind(now - position, late.get(), missed.get());
    position = now;
  }

  /** The first turn of a first term is always a moment behind, which mostly concerns no slot. */
  private static void sayHowFarBehind(long millis, int late, int missed) {
    if (missed > 0) {
      log.warn(
          "behind, emitting the newest slot of each target only behindMillis={} late={} missing={}",
          millis,
          late,
          missed);
    } else if (late > 0) {
      log.info("behind, emitting late slots behindMillis={} late={}", millis, late);
    } else {
      log.debug("behind, no slot is concerned behindMillis={}", millis);
    }
  }

  /** The slots of new and changed targets up to the position, and FIRST jobs. */
  private void followChanges(Changes.Batch batch, long now) {
    batch
        .changed()
        .forEach((key, at) -> {
          long present = before(index.previous(key, now));
          missedSince(key, Math.max(at, now - reach), Math.min(present, position));
          for (Due due : agenda.due(key, Math.max(at, present), position)) {
            plan(jobs.slot(due), now);
          }
        });
    batch
        .firsts()
        .forEach((key, first) ->
            index
                .find(key)
                .filter(_ -> !agenda.suspended(key, now))
                .map(target ->
                    jobs.first(
                        target,
                        first.cause(),
                        first.causedAt(),
                        time -> index.next(key, time),
                        now))
                .ifPresent(planned -> plan(planned, now)));
  }

  /** Its leader died between the change and the jobs, and more than a slot has passed. */
  private void missedSince(TargetKey key, long from, long to) {
    if (from < to) {
      index.find(key).ifPresent(target -> backlog.missed(new MissedRange(target, from, to)));
    }
  }

  /** A cron schedule may have had no slot yet. */
  private static long before(long slot) {
    return slot == SlotTimes.NONE_BEFORE ? slot : slot - 1;
  }

  private void plan(Planned planned, long now) {
    if (planned.dueAt() > now) {
      outbox.add(new Item.Emit(planned));
    } else {
      backlog.late(planned);
    }
  }
}
