package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpansTest {
  @Test
  void leavesOutWhatNobodyReads() {
    assertThat(Spans.coarse(Duration.ofMillis(59_999))).isEqualTo("59s");
    assertThat(Spans.coarse(Duration.ofSeconds(-61))).isEqualTo("1m1s");
    assertThat(Spans.coarse(Duration.ofSeconds(7_325))).isEqualTo("2h2m");
    assertThat(Spans.coarse(Duration.ofHours(51).plusMinutes(5))).isEqualTo("2d3h");
    assertThat(Spans.coarse(Duration.ofMillis(3))).isEqualTo("0s");
    assertThat(Spans.millis(1_234)).isEqualTo("1.2s");
    assertThat(Spans.millis(999)).isEqualTo("999ms");
    assertThat(Spans.millis(61_234)).isEqualTo("1m1s");
    assertThat(Spans.mebibytes(3L << 20, 512L << 20)).isEqualTo("3/512 MiB");
  }
}
