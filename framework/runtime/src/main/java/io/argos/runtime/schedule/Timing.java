package io.argos.runtime.schedule;

import java.time.Duration;
import java.time.ZoneId;
import org.quartz.CronExpression;

/** When a plugin runs on its targets. */
public sealed interface Timing {

  /** The due times of one target under this timing. */
  SlotTimes slotsOf(TargetKey key);

  /** A short stable text, equal exactly for equal timings. */
  String describe();

  /**
   * At an interval, each target at its own place within it.
   *
   * @param interval at least a millisecond
   */
  record Every(Duration interval) implements Timing {
    public Every {
      if (interval.toMillis() < 1) {
        throw new IllegalArgumentException("the interval '%s' is not positive".formatted(interval));
      }
    }

    @Override
    public Slots slotsOf(TargetKey key) {
      return Slots.of(key, interval);
    }

    @Override
    public String describe() {
      return "every " + interval;
    }
  }

  /**
   * At the times of a Quartz cron expression, all targets at once.
   *
   * @param expression a Quartz cron expression, seconds first
   * @param zone the time zone in which it is read
   */
  record Cron(String expression, ZoneId zone) implements Timing {
    public Cron {
      if (!CronExpression.isValidExpression(expression)) {
        throw new IllegalArgumentException(
            "'%s' is not a Quartz cron expression such as '0 0 3 * * ?'".formatted(expression));
      }
    }

    @Override
    public SlotTimes slotsOf(TargetKey key) {
      return new CronSlots(this);
    }

    @Override
    public String describe() {
      return "cron " + expression + ' ' + zone;
    }
  }
}
