package io.argos.runtime.schedule;

import io.argos.config.ScheduleConfig;
import io.argos.runtime.leadership.LeaderTerm;
import io.argos.schemas.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of one term: from turn to turn it emits all slots up to one lookahead from now, and what
 * late slots and changes ask for. Of one thread.
 *
 * <p>It moves on only when all that it has written is acknowledged, so that {@link #watermark()} is
 * a promise: every slot due up to there is in the log, as a job or as a missed one.
 */
final class Emission {

  private static final Logger log = LoggerFactory.getLogger(Emission.class);

  /** Between two looks at the term. */
  private static final int PORTION = 256;

  /** A position further ahead than this can only come from a clock that was wrong. */
  private static final long IMPLAUSIBLE_MILLIS = 60_000;

  private final TargetIndex index;
  private final Changes changes;
  private final ZoneWatch zones;
  private final JobFactory jobs;
  private final JobSink sink;
  private final SchedulerMeters meters;
  private final LeaderTerm term;
  private final long lookahead;
  private final long reach;
  private final long began;

  private final Backlog backlog = new Backlog();

  /** Written, but not acknowledged yet; nothing new is made while there are any. */
  private List<Item> unsent = new ArrayList<>();

  /** All slots up to here have been made into items. */
  private long position;

  /** All slots up to here are acknowledged. */
  private long floor;

  /** Up to here the expiries of zones without an agent have been accounted for. */
  private long accounted;

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
    this.index = parts.index();
    this.changes = parts.changes();
    this.zones = parts.zones();
    this.jobs = parts.jobs();
    this.sink = parts.sink();
    this.meters = parts.meters();
    this.term = term;
    this.lookahead = parts.config().lookahead().toMillis();
    this.reach = parts.config().missedReach().toMillis();
    this.began = now;
    this.lastTurn = now;
    this.position = from.map(checkpoint -> checkpoint.getWatermark().toEpochMilli()).orElse(now);
    this.floor = position;
    this.accounted = from.map(checkpoint -> checkpoint.getAt().toEpochMilli()).orElse(now);
    from.ifPresentOrElse(this::resume, changes::forgetSlots);
  }

  /** What every term works with. */
  record Parts(
      TargetIndex index,
      Changes changes,
      ZoneWatch zones,
      JobFactory jobs,
      JobSink sink,
      SchedulerMeters meters,
      ScheduleConfig config) {}

  /** Every slot due up to here is in the log. */
  long watermark() {
    return unsent.isEmpty() && backlog.isEmpty() ? position : floor;
  }

  /**
   * One turn.
   *
   * @return false when not all could be written; the next turn tries again before anything else
   */
  boolean turn(long now) throws InterruptedException {
    if (!flush(now)) {
      return false;
    }
    if (backlog.isEmpty()) {
      floor = position;
    }
    distrustFarPosition(now);
    if (position < now) {
      fallBehind(now);
    }
    long end = now + lookahead;
    for (Due due : index.due(position, end)) {
      unsent.add(new Item.Emit(jobs.slot(due)));
      // The first turn of a term catches up; what it finds was planned for the former leader.
      if (due.dueAt() - lookahead > began) {
        meters.lag(now - (due.dueAt() - lookahead));
      }
    }
    position = Math.max(position, end);
    followChanges(now);
    unsent.addAll(backlog.take(now, now - lastTurn, index.ratePerSecond(), index, jobs));
    accountForZones(now);
    lastTurn = now;
    return flush(now);
  }

  /**
   * What its predecessor may not have done: a plugin that it did not know, or knew otherwise, and
   * changes after its last sign of life less one lookahead for what was on the way.
   */
  private void resume(Checkpoint checkpoint) {
    long heard = checkpoint.getAt().toEpochMilli();
    changes.forgetBefore(heard - lookahead);
    Map<String, String> former = checkpoint.getTimings();
    index
        .signatures()
        .forEach((plugin, signature) -> {
          String before = former.get(plugin);
          if (signature.equals(before)) {
            return;
          }
          for (Target target : index.ofPlugin(plugin)) {
            changes.changed(target.key(), heard);
            if (before == null) {
              changes.first(target.key(), "plugin " + plugin + ' ' + signature, began);
            }
          }
        });
  }

  /** The watermark itself never goes back; emitting again is harmless, since ids are the same. */
  private void distrustFarPosition(long now) {
    if (position > now + lookahead + IMPLAUSIBLE_MILLIS) {
      log.warn(
          "emitted further ahead than the clock allows, emitting again from now aheadMillis={}",
          position - now);
      position = now;
    }
  }

  private void fallBehind(long now) {
    long oldest = now - reach;
    AtomicInteger late = new AtomicInteger();
    AtomicInteger missed = new AtomicInteger();
    index.latest(
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
  private void followChanges(long now) {
    Changes.Batch batch = changes.drain();
    batch
        .changed()
        .forEach((key, at) -> {
          long present = index.previous(key, now);
          for (Due due : index.due(key, Math.max(at, present - 1), position)) {
            plan(jobs.slot(due), now);
          }
        });
    batch
        .firsts()
        .forEach((key, first) ->
            index
                .find(key)
                .map(target ->
                    jobs.first(
                        target,
                        first.cause(),
                        first.causedAt(),
                        time -> index.next(key, time),
                        now))
                .ifPresent(planned -> plan(planned, now)));
  }

  private void plan(Planned planned, long now) {
    if (planned.dueAt() > now) {
      unsent.add(new Item.Emit(planned));
    } else {
      backlog.late(planned);
    }
  }

  /**
   * A job for a zone without an agent is emitted all the same, as one may come. When its time is
   * over and none was there, it is a missed one.
   */
  private void accountForZones(long now) {
    Map<String, Long> silent = zones.silent(index.zones(), now);
    if (!silent.isEmpty()) {
      for (Due next : index.due(Math.max(accounted, now - reach), now)) {
        Target target = next.target();
        Long since = silent.get(target.zone());
        long dueAt = since == null ? 0 : index.previous(target.key(), next.dueAt() - 1);
        if (since != null && dueAt != SlotTimes.NONE_BEFORE && dueAt > since) {
          unsent.add(
              new Item.Miss(
                  jobs.slot(new Due(target, dueAt, next.dueAt())),
                  MissedCause.NO_AGENT,
                  "no agent of zone '%s' was alive".formatted(target.zone())));
        }
      }
    }
    accounted = Math.max(accounted, now);
  }

  /** Writes all that is unsent and waits for it; what fails stays. */
  private boolean flush(long now) throws InterruptedException {
    if (unsent.isEmpty()) {
      return true;
    }
    List<Item> items = unsent.stream().map(item -> settled(item, now)).toList();
    Set<String> unreachable = unreachable(items);
    List<Item> written = new ArrayList<>(items.size());
    List<Future<?>> acks = new ArrayList<>(items.size());
    for (Item item : items) {
      if (acks.size() % PORTION == 0 && !term.mayAct()) {
        break;
      }
      Item sent = redirected(item, unreachable);
      written.add(sent);
      acks.add(write(sent));
    }
    List<Item> failed = new ArrayList<>();
    long end = System.nanoTime() + sink.patience().toNanos();
    for (int n = 0; n < acks.size(); n++) {
      if (acknowledged(acks.get(n), end)) {
        meters.written(written.get(n));
      } else {
        failed.add(items.get(n));
      }
    }
    failed.addAll(items.subList(acks.size(), items.size()));
    unsent = failed;
    return unsent.isEmpty();
  }

  /** A job whose time has passed while it could not be written is a missed one. */
  private static Item settled(Item item, long now) {
    return item instanceof Item.Emit(Planned planned) && planned.expireAt() <= now
        ? new Item.Miss(planned, MissedCause.SCHEDULER, "the job could not be written in time")
        : item;
  }

  /** Zones without a topic, unless that is all of them: then it is Kafka that is out of reach. */
  private Set<String> unreachable(List<Item> items) {
    Set<String> all = index.zones();
    List<String> none =
        items.stream()
            .map(item -> item.planned().target().zone())
            .distinct()
            .filter(zone -> !sink.reaches(zone))
            .toList();
    return none.isEmpty() || none.containsAll(all) ? Set.of() : Set.copyOf(none);
  }

  private static Item redirected(Item item, Set<String> unreachable) {
    String zone = item.planned().target().zone();
    return item instanceof Item.Emit(Planned planned) && unreachable.contains(zone)
        ? new Item.Miss(
            planned, MissedCause.NO_TOPIC, "zone '%s' has no topic for jobs".formatted(zone))
        : item;
  }

  private Future<?> write(Item item) {
    return switch (item) {
      case Item.Emit(Planned planned) -> sink.job(jobs.job(planned, term.epoch()));
      case Item.Miss(Planned planned, String cause, String detail) ->
          sink.outcome(jobs.missed(planned, cause, detail, term.epoch()));
    };
  }

  private static boolean acknowledged(Future<?> ack, long end) throws InterruptedException {
    try {
      ack.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
