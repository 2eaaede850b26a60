package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
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
