package io.argos.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeoutWheelTest {
  private static final long MILLI = 1_000_000;

  private static final class Wait extends TimeoutWheel.Entry {
    private final long deadline;
    private final long[] clock;
    private final List<Wait> expired;
    private long expiredAt = -1;

    Wait(long deadline, long[] clock, List<Wait> expired) {
      this.deadline = deadline;
      this.clock = clock;
      this.expired = expired;
    }

    @Override
    void expire() {
      expiredAt = clock[0];
      expired.add(this);
    }
  }

  @Test
  void expiresNothingEarlyAndNothingLate() {
    long seed = new Random().nextLong();
    System.out.println("TimeoutWheelTest seed=" + seed);
    Random random = new Random(seed);
    long[] clock = {random.nextLong() >> 4};
    long began = clock[0];
    TimeoutWheel wheel = new TimeoutWheel(clock[0]);
    List<Wait> waits = new ArrayList<>();
    List<Wait> removed = new ArrayList<>();
    List<Wait> expired = new ArrayList<>();
    long step = 7 * MILLI;
    while (clock[0] - began < 20_000 * MILLI) {
      Wait wait = new Wait(clock[0] + random.nextInt(12_000) * MILLI, clock, expired);
      wheel.put(wait, wait.deadline);
      if (random.nextInt(5) == 0) {
        wheel.remove(wait);
        removed.add(wait);
      } else {
        waits.add(wait);
      }
      clock[0] += step;
      wheel.advance(clock[0]);
    }
    clock[0] += 13_000 * MILLI;
    wheel.advance(clock[0]);

    assertThat(wheel.isEmpty()).isTrue();
    assertThat(expired)
        .as("seed %d", seed)
        .hasSameSizeAs(waits)
        .doesNotContainAnyElementsOf(removed);
    for (Wait wait : waits) {
      assertThat(wait.expiredAt).as("seed %d", seed).isGreaterThanOrEqualTo(wait.deadline);
      if (wait.deadline < began + 20_000 * MILLI - 30 * MILLI) {
        assertThat(wait.expiredAt - wait.deadline).isLessThan(30 * MILLI);
      }
    }
  }

  @Test
  void letsAnExpiredEntryWaitAgain() {
    long[] clock = {0};
    TimeoutWheel wheel = new TimeoutWheel(0);
    int[] turns = {0};
    TimeoutWheel.Entry again =
        new TimeoutWheel.Entry() {
          @Override
          void expire() {
            if (++turns[0] < 3) {
              wheel.put(this, clock[0] + 100 * MILLI);
            }
          }
        };
    wheel.put(again, 100 * MILLI);
    for (; clock[0] < 1000 * MILLI; clock[0] += 10 * MILLI) {
      wheel.advance(clock[0]);
    }
    assertThat(turns[0]).isEqualTo(3);
    assertThat(wheel.isEmpty()).isTrue();
  }

  @Test
  void expiresNothingEarlyWhenAnEntryPutsAnotherThatWasDueWithIt() {
    long[] clock = {0};
    List<Wait> expired = new ArrayList<>();
    TimeoutWheel wheel = new TimeoutWheel(0);
    Wait later = new Wait(200 * MILLI, clock, expired);
    Wait postponed = new Wait(200 * MILLI, clock, expired);
    TimeoutWheel.Entry first =
        new TimeoutWheel.Entry() {
          @Override
          void expire() {
            wheel.put(postponed, postponed.deadline);
          }
        };
    wheel.put(first, 100 * MILLI);
    wheel.put(postponed, 100 * MILLI);
    wheel.put(later, later.deadline);

    for (; clock[0] < 300 * MILLI; clock[0] += 10 * MILLI) {
      wheel.advance(clock[0]);
    }

    assertThat(expired).containsExactlyInAnyOrder(later, postponed);
    assertThat(expired).allMatch(wait -> wait.expiredAt >= wait.deadline);
    assertThat(wheel.isEmpty()).isTrue();
  }

  @Test
  void doesNotExpireWhatAnotherThatWasDueWithItTakesOut() {
    long[] clock = {110 * MILLI};
    List<Wait> expired = new ArrayList<>();
    TimeoutWheel wheel = new TimeoutWheel(0);
    Wait removed = new Wait(100 * MILLI, clock, expired);
    Wait kept = new Wait(100 * MILLI, clock, expired);
    TimeoutWheel.Entry first =
        new TimeoutWheel.Entry() {
          @Override
          void expire() {
            wheel.remove(removed);
          }
        };
    wheel.put(first, 100 * MILLI);
    wheel.put(removed, removed.deadline);
    wheel.put(kept, kept.deadline);

    wheel.advance(clock[0]);

    assertThat(expired).containsExactly(kept);
    assertThat(wheel.isEmpty()).isTrue();
  }
}
