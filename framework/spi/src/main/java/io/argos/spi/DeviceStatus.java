package io.argos.spi;

/** Polling status of a device, with the codes that Panoptes' users know. */
public enum DeviceStatus {
  SUCCESS(0),
  AUTHENTICATION_FAILURE(1),
  NETWORK_FAILURE(2),
  TIMEOUT(3),
  PARTIAL_METRIC_FAILURE(4),
  INTERNAL_FAILURE(5),
  MISSING_METRICS(6),
  PING_FAILURE(7),
  ENRICHMENT_FAILURE(8);

  private final int code;

  DeviceStatus(int code) {
    this.code = code;
  }

  /** The code on the wire. */
  public int code() {
    return code;
  }
}
