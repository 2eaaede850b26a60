package io.argos.polling.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.runtime.agent.JobEnd;
import io.argos.schemas.OutcomeStatus;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import io.argos.spi.Poller;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PollRunnerTest {
  @Test
  void aPollThatReadAllIsOk() {
    assertThat(end(DeviceStatus.SUCCESS, Optional.empty()))
        .isEqualTo(new JobEnd(OutcomeStatus.OK, OptionalInt.of(0), "", ""));
  }

  @Test
  void aPollThatReadAPartIsOkAndSaysWhatIsMissing() {
    assertThat(
            end(
                DeviceStatus.PARTIAL_METRIC_FAILURE,
                Optional.of(new Failure(Cause.PARTIAL, "dot3Stats is not there"))))
        .isEqualTo(
            new JobEnd(OutcomeStatus.OK, OptionalInt.of(4), "partial", "dot3Stats is not there"));
  }

  @Test
  void aPollThatReadNothingFailedWithItsCause() {
    assertThat(
            end(
                DeviceStatus.TIMEOUT,
                Optional.of(new Failure(Cause.TIMEOUT, "no answer in 3 tries"))))
        .isEqualTo(
            new JobEnd(
                OutcomeStatus.FAILED, OptionalInt.of(3), "no-answer", "no answer in 3 tries"));
  }

  private static JobEnd end(DeviceStatus status, Optional<Failure> failure) {
    return PollRunner.endOf(
        new Poller.Poll(
            status,
            failure,
            List.of(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false));
  }
}
