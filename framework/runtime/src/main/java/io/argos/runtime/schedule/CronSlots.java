package io.argos.runtime.schedule;

import java.util.Date;
import java.util.TimeZone;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.TriggerBuilder;

/**
 * The due times of a cron schedule, as a Quartz trigger of its own computes them.
 *
 * <p>The trigger is asked rather than fired by Quartz: jobs leave one lookahead before they are
 * due, and which of them have left is known from the watermark in the log, not from a process's
 * memory.
 */
final class CronSlots implements SlotTimes {

  /** Cron times are whole seconds. */
  private static final long RESOLUTION_MILLIS = 1_000;

  /** How far back a previous time is looked for; leap-day schedules need eight years. */
  private static final long HORIZON_MILLIS = 9L * 366 * 24 * 3_600 * 1_000;

  private final CronTrigger trigger;

  CronSlots(Timing.Cron timing) {
    // A trigger never answers times before its start.
    this.trigger =
        TriggerBuilder.newTrigger()
            .startAt(new Date(0))
            .withSchedule(
                CronScheduleBuilder.cronSchedule(timing.expression())
                    .inTimeZone(TimeZone.getTimeZone(timing.zone())))
            .build();
  }

  /** CronTrigger is not safe for use by many threads. */
  @Override
  public synchronized long next(long time) {
    Date next = trigger.getFireTimeAfter(new Date(Math.max(time, 0)));
    return next == null ? NEVER : next.getTime();
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
