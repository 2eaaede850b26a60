package io.argos.profile;

import io.argos.snmp.SnmpFailure;
import io.argos.spi.Cause;
import io.argos.spi.DeviceStatus;

/** What a failure of the exchange means for the status of a device. */
public final class Failures {
  private Failures() {}

  /** Status of a device of which nothing came because of a failure. */
  public static DeviceStatus status(SnmpFailure failure) {
    return switch (failure) {
      case SnmpFailure.NoAnswer _ -> DeviceStatus.TIMEOUT;
      case SnmpFailure.Refused _ -> DeviceStatus.AUTHENTICATION_FAILURE;
      case SnmpFailure.Unsendable _ -> DeviceStatus.NETWORK_FAILURE;
      case SnmpFailure.Broken _ -> DeviceStatus.INTERNAL_FAILURE;
    };
  }

  /** Cause of a failure. */
  public static Cause cause(SnmpFailure failure) {
    return switch (failure) {
      case SnmpFailure.NoAnswer _ -> Cause.TIMEOUT;
      case SnmpFailure.Refused _ -> Cause.AUTHENTICATION;
      case SnmpFailure.Unsendable _ -> Cause.NETWORK;
      case SnmpFailure.Broken _ -> Cause.MALFORMED;
    };
  }
}
