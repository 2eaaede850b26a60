package io.argos.config;

import java.time.Duration;

/** SNMP engine. */
public record SnmpConfig(
    @Doc("Longest wait for one answer.") @Default("PT1.5S") Duration timeout,
    @Doc("Repetitions of an unanswered request.") @Default("2") @Range(min = 0, max = 20)
        int retries,
    @Doc("Rows asked for in one GETBULK; adapts downwards to the device.")
        @Default("64")
        @Range(min = 1, max = 1000)
        int maxRepetitions,
    @Doc("Requests in flight for one device.") @Default("4") @Range(min = 1, max = 256) int window,
    @Doc("Rows after which a walk is cut.") @Default("100000") @Range(min = 1) int maxRows,
    @Doc("Most packets sent to one device each second; 0 for no bound.")
        @Default("0")
        @Range(min = 0)
        int packetsPerSecond,
    @Doc("UDP sockets shared by all requests.") @Default("2") @Range(min = 1, max = 1024)
        int sessions,
    @Doc("Traps and informs.") TrapsConfig traps) {

  /** An engine that asks and hears no traps. */
  public SnmpConfig(
      Duration timeout,
      int retries,
      int maxRepetitions,
      int window,
      int maxRows,
      int packetsPerSecond,
      int sessions) {
    this(
        timeout,
        retries,
        maxRepetitions,
        window,
        maxRows,
        packetsPerSecond,
        sessions,
        TrapsConfig.none());
  }
}
