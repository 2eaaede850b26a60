package io.argos.runtime.schedule;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Date;
import java.util.TimeZone;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.TriggerBuilder;

/**
 * The due times of a cron schedule, as Quartz reads the expression on a clock without a time zone.
 *
 * <p>Quartz is asked rather than left to fire: jobs leave one lookahead before they are due, and
 * which of them have left is known from the watermark in the log, not from a process's memory.
 *
 * <p>Where the clock goes back an hour, an expression that names its hours comes once, and one that
 * leaves them open comes in both. Where it goes forward, times that do not exist come as much later
 * as the clock skips, if the hours are named: what runs once a day runs every day once.
 */
final class CronSlots implements SlotTimes {

  /** Cron times are whole seconds. */
  private static final long RESOLUTION_MILLIS = 1_000;

  /** How far back a previous time is looked for; leap-day schedules need eight years. */
  private static final long HORIZON_MILLIS = 9L * 366 * 24 * 3_600 * 1_000;

  /** Place of the hours in an expression. */
  private static final int HOURS = 2;

  private final CronTrigger trigger;
  private final ZoneRules rules;
  private final boolean namesHours;

  CronSlots(Timing.Cron timing) {
    // A trigger never answers times before its start.
    this.trigger =
        TriggerBuilder.newTrigger()
            .startAt(new Date(0))
            .withSchedule(
                CronScheduleBuilder.cronSchedule(timing.expression())
                    .inTimeZone(TimeZone.getTimeZone("UTC")))
            .build();
    this.rules = timing.zone().getRules();
    String hours = timing.expression().strip().split("\\s+")[HOURS];
    this.namesHours = !hours.contains("*") && !hours.contains("/");
  }

  /** CronTrigger is not safe for use by many threads. */
  @Override
  public synchronized long next(long time) {
    long first = Math.max(time, 0) + 1;
    while (true) {
      long found = nextWithinOneOffset(first);
      if (found == NEVER) {
        return NEVER;
      }
      ZoneOffsetTransition change = rules.nextTransition(Instant.ofEpochMilli(first));
      if (change == null || found < change.getInstant().toEpochMilli()) {
        return found;
      }
      first = change.getInstant().toEpochMilli();
    }
  }

  /** The first time not before {@code first}, if the clock stays what it is then. */
  private long nextWithinOneOffset(long first) {
    long offset = millis(rules.getOffset(Instant.ofEpochMilli(first)));
    ZoneOffsetTransition last = rules.previousTransition(Instant.ofEpochMilli(first + 1));
    if (last == null || !namesHours) {
      return onTheClock(first + offset, offset);
    }
    long changedAt = last.getInstant().toEpochMilli();
    long before = millis(last.getOffsetBefore());
    if (last.isOverlap()) {
      // What the clock shows for the second time has been.
      return onTheClock(Math.max(first + offset, changedAt + before), offset);
    }
    long skipped = onTheClock(Math.max(first, changedAt) + before, before);
    long regular = onTheClock(first + offset, offset);
    long gap = millis(last.getOffsetAfter()) - before;
    return skipped < changedAt + gap ? Math.min(skipped, regular) : regular;
  }

  /** The first time at which the clock shows at least this; offset is what it is ahead of UTC. */
  private long onTheClock(long shown, long offset) {
    Date next = trigger.getFireTimeAfter(new Date(Math.max(shown - 1, 0)));
    return next == null ? NEVER : next.getTime() - offset;
  }

  private static long millis(ZoneOffset offset) {
    return offset.getTotalSeconds() * 1_000L;
  }

  /**
   * Quartz only looks forward, so this looks for a start whose next time is not after {@code time},
   * and then halves the distance.
   */
  @Override
  public long previous(long time) {
    long reach = 60 * RESOLUTION_MILLIS;
    while (next(time - reach) > time) {
      if (reach > HORIZON_MILLIS) {
        return NONE_BEFORE;
      }
      reach *= 4;
    }
    long low = time - reach;
    long high = time;
    while (high - low > RESOLUTION_MILLIS / 2) {
      long middle = low + (high - low) / 2;
      if (next(middle) <= time) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return next(low);
  }
}
