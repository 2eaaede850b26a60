package io.argos.deploy.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MomentsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Moments moments = new Moments(NOW);

  @Test
  void tellsHowFarAwayATimeIs() {
    assertThat(moments.away(NOW.minusSeconds(12))).isEqualTo("12s ago");
    assertThat(moments.away(NOW.plusMillis(900))).isEqualTo("now");
    assertThat(moments.away(NOW.plusSeconds(12))).isEqualTo("in 12s");
  }

  @Test
  void whatCameWhileItWasAskedForIsOfNow() {
    assertThat(moments.ago(NOW.minusSeconds(12))).isEqualTo("12s ago");
    assertThat(moments.ago(NOW.plusSeconds(4))).isEqualTo("now");
  }
}
