package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CronSlotsTest {

  private static final long SEED = Long.getLong("argos.seed", System.nanoTime());
  private static final TargetKey KEY = TargetKey.of("enrichment", "facts", "main/r1");

  @Test
  void readsTheExpressionInItsTimeZone() {
    SlotTimes slots = cron("0 30 3 * * ?", "Asia/Kolkata");

    assertThat(slots.next(millis("2026-03-01T00:00:00Z")))
        .isEqualTo(millis("2026-03-01T22:00:00Z"));
    assertThat(slots.previous(millis("2026-03-01T00:00:00Z")))
        .isEqualTo(millis("2026-02-28T22:00:00Z"));
  }

  @Test
  void previousIsTheLastTimeThatNextReaches() {
    Random random = new Random(SEED);
    String[] expressions = {
      "* * * * * ?", "0/7 * * * * ?", "0 5 * * * ?", "0 0 0 ? * MON", "0 0 0 1 * ?"
    };
    for (int round = 0; round < 100; round++) {
      SlotTimes slots = cron(expressions[round % expressions.length], "Europe/Berlin");
      long time = millis("2026-01-01T00:00:00Z") + random.nextLong(365L * 86_400_000);

      long previous = slots.previous(time);

      assertThat(previous).as("seed %d", SEED).isLessThanOrEqualTo(time);
      assertThat(slots.next(previous)).as("seed %d", SEED).isGreaterThan(time);
      assertThat(slots.next(previous - 1)).as("seed %d", SEED).isEqualTo(previous);
    }
  }

  @Test
  void findsLeapDaysAndEnds() {
    SlotTimes leapDays = cron("0 0 0 29 2 ?", "UTC");
    SlotTimes once = cron("0 0 0 1 1 ? 2020", "UTC");

    assertThat(leapDays.previous(millis("2028-02-28T00:00:00Z")))
        .isEqualTo(millis("2024-02-29T00:00:00Z"));
    assertThat(once.next(millis("2026-01-01T00:00:00Z"))).isEqualTo(SlotTimes.NEVER);
    assertThat(cron("0 0 0 1 1 ? 2099", "UTC").previous(millis("2026-01-01T00:00:00Z")))
        .isEqualTo(SlotTimes.NONE_BEFORE);
  }

  /** Half past two does not exist on the first of these days, and exists twice on the second. */
  @Test
  void aDailyTimeThatTheClockSkipsOrRepeatsComesOnceThatDay() {
    SlotTimes slots = cron("0 30 2 * * ?", "Europe/Berlin");

    assertThat(between(slots, "2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z"))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
    assertThat(between(slots, "2026-10-23T22:00:00Z", "2026-10-26T23:00:00Z"))
        .containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void anHourlyTimeComesAsOftenAsTheDayHasHours() {
    SlotTimes slots = cron("0 0 * * * ?", "Europe/Berlin");

    assertThat(between(slots, "2026-03-28T22:59:59Z", "2026-03-29T21:59:59Z")).hasSize(23);
    assertThat(between(slots, "2026-10-24T21:59:59Z", "2026-10-25T22:59:59Z")).hasSize(25);
  }

  private static List<String> between(SlotTimes slots, String from, String to) {
    List<String> times = new ArrayList<>();
    for (long at = slots.next(millis(from)); at <= millis(to); at = slots.next(at)) {
      times.add(Instant.ofEpochMilli(at).toString());
    }
    return times;
  }

  @Test
  void refusesWhatIsNotACronExpression() {
    assertThatThrownBy(() -> new Timing.Cron("soon", ZoneId.of("UTC")))
        .hasMessageContaining("'soon' is not a Quartz cron expression");
  }

  private static SlotTimes cron(String expression, String zone) {
    return new Timing.Cron(expression, ZoneId.of(zone)).slotsOf(KEY);
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
