package io.argos.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LivingRecordingTest {
  private static final Instant BOOT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Recording RECORDING =
      Recording.parse(
          "test",
          """
          1.3.6.1.2.1.1.3.0|67|100000
          1.3.6.1.2.1.2.2.1.10.1|65|4294967290
          1.3.6.1.2.1.2.2.1.10.2|65|0
          1.3.6.1.2.1.2.2.1.16.1|2|7
          1.3.6.1.2.1.31.1.1.1.6.1|70|18446744073709551610
          1.3.6.1.2.1.31.1.1.1.6.2|70|1000
          """
              .getBytes(StandardCharsets.UTF_8));
  private final LivingRecording living = new LivingRecording(RECORDING);

  private String at(String oid, long secondsUp) {
    Moment moment = new Moment(BOOT.plusSeconds(secondsUp), BOOT, 0, 0);
    Value value = living.get(ObjectId.parse(oid), moment);
    assertThat(
            living
                .next(ObjectId.parse(oid).prefix(ObjectId.parse(oid).length() - 1), moment)
                .isPresent())
        .isTrue();
    return value.toString();
  }

  @Test
  void beginsWithWhatWasRecorded() {
    assertThat(LivingRecording.uptime(RECORDING)).isEqualTo(Duration.ofSeconds(1000));
    assertThat(at("1.3.6.1.2.1.1.3.0", 1000)).isEqualTo("100000");
    assertThat(at("1.3.6.1.2.1.2.2.1.10.1", 1000)).isEqualTo("4294967290");
    assertThat(at("1.3.6.1.2.1.31.1.1.1.6.1", 1000)).isEqualTo("18446744073709551610");
  }

  @Test
  void countsOnAtTheAverageRateAndWraps() {
    assertThat(at("1.3.6.1.2.1.1.3.0", 1010)).isEqualTo("101000");
    assertThat(at("1.3.6.1.2.1.31.1.1.1.6.2", 1010)).isEqualTo("1010");
    assertThat(at("1.3.6.1.2.1.2.2.1.10.1", 1010)).isEqualTo("42949666");
    assertThat(at("1.3.6.1.2.1.2.2.1.10.2", 5000)).isEqualTo("0");
    assertThat(at("1.3.6.1.2.1.2.2.1.16.1", 5000)).isEqualTo("7");
  }

  @Test
  void beginsAnewAfterARestart() {
    assertThat(at("1.3.6.1.2.1.1.3.0", 0)).isEqualTo("0");
    assertThat(at("1.3.6.1.2.1.31.1.1.1.6.2", 10)).isEqualTo("10");
  }
}
