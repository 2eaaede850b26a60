package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeenJobsTest {
  private static final long MINUTE = 60_000;
  private final SeenJobs seen = new SeenJobs();

  @Test
  void knowsAnIdForTwoIntervals() {
    assertThat(seen.add("a", 0, 5 * MINUTE, 0)).isTrue();
    assertThat(seen.add("a", 0, 5 * MINUTE, 10 * MINUTE - 1)).isFalse();
    assertThat(seen.add("a", 0, 5 * MINUTE, 10 * MINUTE)).isTrue();
  }

  @Test
  void takesAForgottenIdAgainAndKeepsItForItsOwnTime() {
    seen.add("a", 0, MINUTE, 0);
    seen.forget("a");

    assertThat(seen.add("a", 0, MINUTE, MINUTE)).isTrue();
    assertThat(seen.add("b", 0, MINUTE, 2 * MINUTE)).isTrue();
    assertThat(seen.add("a", 0, MINUTE, 2 * MINUTE)).isFalse();
  }

  @Test
  void agreesWithASimpleModelAndForgetsWhatIsOld() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, Long> model = new HashMap<>();
    long now = 0;

    for (int step = 0; step < 20_000; step++) {
      now += random.nextInt(200);
      long moment = now;
      model.values().removeIf(end -> end <= moment);
      String id = "j" + random.nextInt(500);
      long interval = (1 + random.nextInt(3)) * MINUTE;
      boolean expected = !model.containsKey(id);
      if (expected) {
        model.put(id, now + Math.max(2 * interval, 2 * MINUTE));
      }

      assertThat(seen.add(id, now, interval, now))
          .as("seed %d step %d", seed, step)
          .isEqualTo(expected);
    }
    assertThat(seen.size()).isEqualTo(model.size());
  }
}
