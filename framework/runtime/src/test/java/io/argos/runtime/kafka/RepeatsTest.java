package io.argos.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  @Test
  void letsOneThroughPerPeriodAndKindAndCountsTheOthers() {
    var now = new AtomicReference<>(Instant.EPOCH);
    var repeats = new Repeats(now::get, Duration.ofMinutes(1));

    assertThat(repeats.admit("a")).hasValue(0);
    assertThat(repeats.admit("a")).isEmpty();
    assertThat(repeats.admit("a")).isEmpty();
    assertThat(repeats.admit("b")).hasValue(0);

    now.set(Instant.EPOCH.plusSeconds(60));

    assertThat(repeats.admit("a")).hasValue(2);
    assertThat(repeats.admit("a")).isEmpty();
  }
}
