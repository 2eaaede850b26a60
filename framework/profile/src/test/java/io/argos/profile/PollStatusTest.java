package io.argos.profile;

import static io.argos.spi.DeviceStatus.MISSING_METRICS;
import static io.argos.spi.DeviceStatus.PARTIAL_METRIC_FAILURE;
import static io.argos.spi.DeviceStatus.SUCCESS;
import static io.argos.spi.DeviceStatus.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.argos.spi.DeviceStatus;
import org.junit.jupiter.api.Test;

/** What the sections of a poll make of the status of a device. */
class PollStatusTest {
  private final PollStatus status = new PollStatus();

  @Test
  void countsTheSectionsOfOneGroupAsOne() {
    add("environment", SUCCESS);
    add("environment", MISSING_METRICS);
    add("environment", SUCCESS);
    add("cpu", MISSING_METRICS);
    add("memory", MISSING_METRICS);

    assertThat(status.overall()).isEqualTo(MISSING_METRICS);
  }

  @Test
  void isPartialWhereAnyGroupIsWhole() {
    add("environment", MISSING_METRICS);
    add("cpu", SUCCESS);

    assertThat(status.overall()).isEqualTo(PARTIAL_METRIC_FAILURE);
  }

  @Test
  void takesTheFirstOfEquallyCommonOnes() {
    add("cpu", PARTIAL_METRIC_FAILURE);
    add("memory", MISSING_METRICS);

    assertThat(status.overall()).isEqualTo(PARTIAL_METRIC_FAILURE);
  }

  @Test
  void isPartialWhereTheExchangeBrokeOffAfterAPart() {
    add("cpu", PARTIAL_METRIC_FAILURE);
    add("memory", TIMEOUT);
    add("load", TIMEOUT);

    assertThat(status.overall()).isEqualTo(PARTIAL_METRIC_FAILURE);
  }

  @Test
  void isWellWhereAllIs() {
    add("cpu", SUCCESS);
    add("memory", SUCCESS);

    assertThat(status.overall()).isEqualTo(SUCCESS);
  }

  private void add(String group, DeviceStatus went) {
    status.add(PollStatus.DEFAULT_METRIC, group, went);
  }
}
