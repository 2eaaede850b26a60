package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TickClockTest {
  private final AtomicInteger ticks = new AtomicInteger();
  private final AtomicReference<Duration> wrong = new AtomicReference<>(Duration.ZERO);

  private TickClock clock(String name) {
    return new TickClock(
        name, Duration.ofHours(1), () -> Instant.now().plus(wrong.get()), ticks::incrementAndGet);
  }

  @Test
  void ticksOnWhenTheClockIsSetBack() {
    try (TickClock clock = clock("set-back")) {
      clock.start();
      await().untilAtomic(ticks, count -> assertThat(count).isOne());

      wrong.set(Duration.ofHours(-2));

      await().untilAtomic(ticks, count -> assertThat(count).isEqualTo(2));
    }
  }

  @Test
  void standsStillWhenTheClockIsSetBackAfterItWasStopped() {
    try (TickClock clock = clock("stopped")) {
      clock.start();
      await().untilAtomic(ticks, count -> assertThat(count).isOne());
      clock.stop();

      wrong.set(Duration.ofHours(-2));

      await().during(Duration.ofSeconds(2)).until(() -> ticks.get() == 1);
    }
  }
}
