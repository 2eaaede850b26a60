package io.argos.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "30s, PT30S, 30s", "5m, PT5M, 5m", "90m, PT1H30M, 1h30m", "1h30m, PT1H30M, 1h30m",
    "1.5s, PT1.5S, 1s500ms", "250ms, PT0.25S, 250ms", "2d, PT48H, 2d", "0s, PT0S, 0s",
    "PT0.000001S, PT0.000001S, PT0.000001S", "P1D, PT24H, 1d", "PT-3S, PT-3S, PT-3S"
  })
  void readsAndWritesBothForms(String text, Duration duration, String written) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
    assertThat(Durations.format(duration)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "30",
        "s",
        "5m1h",
        "1s2s",
        "-5s",
        "1.5m",
        "PT",
        "99999999999999999999s"
      })
  void refusesAnythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text))
        .withMessage("'%s' is not a duration such as 30s, 5m or PT30S", text);
  }

  @Test
  void readsWhatItWrites() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      var duration = Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 50)));

      assertThat(Durations.parse(Durations.format(duration)))
          .as("seed %d", seed)
          .isEqualTo(duration);
    }
  }
}
