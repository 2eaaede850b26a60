package io.argos.runtime.agent;

import io.argos.schemas.OutcomeStatus;
import io.argos.spi.DeviceStatus;
import io.argos.spi.Failure;
import java.util.OptionalInt;

/**
 * How an execution ended.
 *
 * @param status status of the outcome
 * @param deviceStatus code 0 to 8 of the device, where one was polled; without it the outcome says
 *     nothing about the device
 * @param cause short stable word, empty with {@code OK}
 * @param detail one sentence for a reader, without secrets, empty with {@code OK}
 */
public record JobEnd(OutcomeStatus status, OptionalInt deviceStatus, String cause, String detail) {

  /** Work done that polled no device. */
  public static JobEnd ok() {
    return new JobEnd(OutcomeStatus.OK, OptionalInt.empty(), "", "");
  }

  /** Work done on a device. */
  public static JobEnd ok(DeviceStatus device) {
    return new JobEnd(OutcomeStatus.OK, OptionalInt.of(device.code()), "", "");
  }

  /** An expected failure that says something about the device. */
  public static JobEnd failed(Failure failure, DeviceStatus device) {
    return new JobEnd(
        OutcomeStatus.FAILED,
        OptionalInt.of(device.code()),
        failure.cause().word(),
        failure.detail());
  }

  /** A failure that says nothing about the device. */
  public static JobEnd failed(String cause, String detail) {
    return new JobEnd(OutcomeStatus.FAILED, OptionalInt.empty(), cause, detail);
  }
}
