package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunTimesTest {
  private static final long SECOND = 1_000_000_000L;
  private final AtomicLong now = new AtomicLong(-7 * SECOND);
  private final RunTimes times = new RunTimes(now::get);

  @Test
  void tellsTheMeanOfTheLastMinuteAndForgetsWhatIsOlder() {
    times.ran(Duration.ofMillis(100));
    now.addAndGet(30 * SECOND);
    times.ran(Duration.ofMillis(300));

    assertThat(times.lately()).isEqualTo(new RunTimes.Lately(2, 200));
    now.addAndGet(31 * SECOND);
    assertThat(times.lately()).isEqualTo(new RunTimes.Lately(1, 300));
    now.addAndGet(3600 * SECOND);
    assertThat(times.lately()).isEqualTo(new RunTimes.Lately(0, 0));
  }

  @Test
  void countsWhatASimpleModelCountsWithinTheWidthOfOneSlot() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Deque<Long> model = new ArrayDeque<>();

    for (int step = 0; step < 10_000; step++) {
      now.addAndGet(random.nextLong(3 * SECOND));
      times.ran(Duration.ofMillis(5));
      model.add(now.get());
      while (now.get() - model.getFirst() > 60 * SECOND) {
        model.removeFirst();
      }
      long surely = model.stream().filter(at -> now.get() - at < 55 * SECOND).count();

      assertThat((long) times.lately().runs())
          .as("seed %d step %d", seed, step)
          .isBetween(surely, (long) model.size());
    }
  }
}
