package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DevicePaceTest {
  private static final long SECOND = 1_000_000_000L;
  private final DevicePace pace = new DevicePace();

  @Test
  void letsTheFirstPacketGoAtOnceAndTheNextAtItsTime() {
    long now = -5 * SECOND;

    assertThat(pace.takes(now, 10)).isTrue();
    assertThat(pace.takes(now, 10)).isFalse();
    assertThat(pace.next()).isBetween(now + SECOND / 13, now + SECOND / 10);
    assertThat(pace.takes(pace.next(), 10)).isTrue();
  }

  @Test
  void makesUpForTheTicksOfTheClock() {
    int sent = 0;
    for (long now = 0; now < 10 * SECOND; now += 10_000_000) {
      while (pace.takes(now, 500)) {
        sent++;
      }
    }

    assertThat(sent).isBetween(4_800, 5_010);
  }

  @Test
  void letsNoMorePacketsGoInAnySecondThanTheRateWhateverTheTimesOfAsking() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int rate : new int[] {1, 2, 7, 40, 333, 1_000}) {
      DevicePace tried = new DevicePace();
      Deque<Long> lately = new ArrayDeque<>();
      long now = random.nextLong(SECOND);
      for (int step = 0; step < 20_000; step++) {
        now += random.nextInt(20) == 0 ? random.nextLong(SECOND) : random.nextLong(SECOND / rate);
        if (tried.takes(now, rate)) {
          lately.add(now);
        }
        while (!lately.isEmpty() && now - lately.getFirst() >= SECOND) {
          lately.removeFirst();
        }
        assertThat(lately.size())
            .as("seed %d rate %d step %d", seed, rate, step)
            .isLessThanOrEqualTo(rate);
      }
    }
  }
}
