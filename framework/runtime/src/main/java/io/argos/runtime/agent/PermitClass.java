package io.argos.runtime.agent;

/** Kind of work on a device, which decides how many jobs may work on it at once. */
public enum PermitClass {
  /** SNMP, and whatever else a device's management plane does one at a time. */
  SNMP(1),
  /** Other network protocols. */
  NET(4),
  /** Programs that run on this machine for the device. */
  EXEC(4);

  private final int jobsPerDevice;

  PermitClass(int jobsPerDevice) {
    this.jobsPerDevice = jobsPerDevice;
  }

  /** Jobs of this kind that may work on one device at once. */
  public int jobsPerDevice() {
    return jobsPerDevice;
  }
}
