package io.argos.polling.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private static final Failure SILENT = new Failure(Cause.TIMEOUT, "no answer in 3 tries");

  @Test
  void aDeviceThatAnswersPingKeepsItsStatus() {
    PingAnswer answer = new PingAnswer.Answered(new PingStatistics(3, 1, Optional.empty()));

    assertThat(Silence.of(DeviceStatus.TIMEOUT, SILENT, answer))
        .isEqualTo(
            new Silence(
                DeviceStatus.TIMEOUT,
                new Failure(Cause.TIMEOUT, "answers ping, but no SNMP: no answer in 3 tries")));
  }

  @Test
  void aDeviceThatAnswersNeitherHasAStatusOfItsOwn() {
    PingAnswer.Silent silent = new PingAnswer.Silent(Optional.empty(), "");
    PingAnswer.Silent told =
        new PingAnswer.Silent(Optional.empty(), "Destination Host Unreachable");

    assertThat(Silence.of(DeviceStatus.TIMEOUT, SILENT, silent))
        .isEqualTo(
            new Silence(
                DeviceStatus.PING_FAILURE,
                new Failure(Cause.PING, "answers neither ping nor SNMP: no answer in 3 tries")));
    assertThat(Silence.of(DeviceStatus.NETWORK_FAILURE, SILENT, told).failure().detail())
        .isEqualTo(
            "answers neither ping (Destination Host Unreachable) nor SNMP: no answer in 3 tries");
  }

  @Test
  void whatWasNotTriedChangesNothing() {
    assertThat(Silence.of(DeviceStatus.TIMEOUT, SILENT, new PingAnswer.NotTried("no program")))
        .isEqualTo(new Silence(DeviceStatus.TIMEOUT, SILENT));
  }

  @Test
  void onlyNetworkFailureAndTimeoutAreOpen() {
    assertThat(DeviceStatus.values())
        .filteredOn(Silence::isOpen)
        .containsExactly(DeviceStatus.NETWORK_FAILURE, DeviceStatus.TIMEOUT);
  }
}
