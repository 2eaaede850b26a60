package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightWindowTest {
  private static final long PERIOD = 100;
  private long now;
  private final InFlightWindow window = new InFlightWindow(1 << 20, now);

  private void period(int arrived, int lost) {
    window.judge(now, PERIOD);
    for (int i = 0; i < arrived; i++) {
      window.arrived();
    }
    for (int i = 0; i < lost; i++) {
      window.lost();
    }
    now += PERIOD;
    window.judge(now, PERIOD);
  }

  @Test
  void keepsItsSizeWhileSinglePacketsAreLost() {
    int before = window.size();

    for (int i = 0; i < 100; i++) {
      period(1000, 15);
    }

    assertThat(window.size()).isEqualTo(before);
  }

  @Test
  void shrinksWhenManyAnswersOfAPeriodAreLostButNotToNothing() {
    int before = window.size();
    period(1000, 100);
    int after = window.size();
    for (int i = 0; i < 100; i++) {
      period(1000, 500);
    }

    assertThat(after).isLessThan(before);
    assertThat(window.size()).isBetween(64, after);
  }

  @Test
  void takesLittleTrafficForNoSign() {
    int before = window.size();

    period(5, 5);

    assertThat(window.size()).isEqualTo(before);
  }

  @Test
  void growsWhileItIsUsedUp() {
    int before = window.size();
    for (int i = 0; i < before; i++) {
      window.enter(true);
    }
    assertThat(window.hasRoom(true)).isFalse();
    assertThat(window.hasRoom(false)).isTrue();

    period(10 * before, 0);

    assertThat(window.size()).isGreaterThan(before);
    assertThat(window.hasRoom(true)).isTrue();
  }
}
