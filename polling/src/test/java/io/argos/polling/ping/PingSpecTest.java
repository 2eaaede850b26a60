package io.argos.polling.ping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PingSpecTest {
  private final PingSpec spec = new PingSpec(3, Duration.ofSeconds(2));

  @Test
  void waitsForTheLastAnswerUntilTheTimeIsOver() {
    assertThat(spec.arguments()).containsExactly("-n", "-c", "3", "-i", "0.200", "-W", "1.600");
  }

  @Test
  void sendsFewerPacketsInLessTime() {
    assertThat(spec.within(Duration.ofSeconds(30))).hasValue(spec);
    assertThat(spec.within(Duration.ofMillis(450)))
        .hasValue(new PingSpec(2, Duration.ofMillis(450)));
    assertThat(spec.within(Duration.ofMillis(100)))
        .hasValue(new PingSpec(1, Duration.ofMillis(100)));
    assertThat(spec.within(Duration.ofMillis(99))).isEmpty();
    assertThat(spec.within(Duration.ofMillis(-5))).isEmpty();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThat(PingSpec.problems("count", 3, "timeout", Duration.ofSeconds(2))).isEmpty();
    assertThat(PingSpec.problems("count", 0, "timeout", Duration.ofSeconds(2)))
        .containsExactly("count: 0 is not between 1 and 100");
    assertThat(PingSpec.problems("count", 101, "timeout", Duration.ofSeconds(2))).hasSize(1);
    assertThat(PingSpec.problems("count", 10, "timeout", Duration.ofSeconds(1)))
        .containsExactly("timeout: 10 packets, 200 ms apart, need 1900 ms at least");
  }
}
