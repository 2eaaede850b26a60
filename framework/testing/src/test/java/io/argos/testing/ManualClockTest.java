package io.argos.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  @Test
  void standsStillUntilMoved() {
    ManualClock clock = ManualClock.atNoon();

    assertThat(clock.instant()).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(clock.advance(Duration.ofMinutes(5))).isEqualTo("2026-01-01T12:05:00Z");
    assertThat(clock.instant()).isEqualTo("2026-01-01T12:05:00Z");

    clock.set(Instant.EPOCH);

    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
  }
}
