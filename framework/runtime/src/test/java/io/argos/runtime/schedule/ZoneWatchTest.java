package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ZoneWatchTest {
  private static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final Set<String> ZONES = Set.of("main", "lab");

  private final ZoneWatch zones = watch(Duration.ofSeconds(1));

  @Test
  void tellsOfZonesWithoutAnAgentASilenceAfterTheClockWasSetBack() {
    zones.listen(NOON);
    zones.heard(EmissionDesk.heartbeat("main", NOON));
    zones.silent(ZONES, NOON);
    zones.silent(ZONES, NOON - HOUR);

    for (long second = 1; second < 20; second++) {
      assertThat(zones.silent(ZONES, NOON - HOUR + second * 1_000)).isEmpty();
    }
    assertThat(zones.silent(ZONES, NOON - HOUR + 20_000))
        .hasValueSatisfying(silent ->
            assertThat(silent)
                .containsEntry("main", NOON - HOUR)
                .containsEntry("lab", Long.MIN_VALUE));
  }

  @Test
  void tellsOfZonesWithoutAnAgentAlsoWhereTicksAreFarApart() {
    ZoneWatch seldom = watch(Duration.ofSeconds(6));
    seldom.listen(NOON);
    for (long second = 0; second < 20; second += 6) {
      assertThat(seldom.silent(ZONES, NOON + second * 1_000)).isEmpty();
    }

    assertThat(seldom.silent(ZONES, NOON + 24_000)).isNotEmpty();
  }

  private static ZoneWatch watch(Duration tick) {
    return new ZoneWatch("polling", Duration.ofSeconds(20), tick);
  }
}
