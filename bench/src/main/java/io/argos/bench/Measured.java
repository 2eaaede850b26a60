package io.argos.bench;

import java.util.Locale;

/**
 * What a poller did and what it cost.
 *
 * @param polls devices polled
 * @param wallSeconds time it took
 * @param cpuSeconds processor time of the poller, user and system
 * @param peakMiB its largest resident memory
 * @param counts what the simulator was asked meanwhile
 */
record Measured(
    long polls,
    double wallSeconds,
    double cpuSeconds,
    long peakMiB,
    DeviceSimulator.Counts counts) {
  /** Devices for a second of processor time: what pollers are compared by. */
  double pollsPerCpuSecond() {
    return polls / cpuSeconds;
  }

  /** False when the simulator answered with fewer values than the poller must have read. */
  boolean isWhole() {
    return counts.bindings() >= polls * StandardPoll.VALUES;
  }

  String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"polls\":%d,\"wallSeconds\":%.2f,\"cpuSeconds\":%.2f,\"devicesPerCpuSecond\":%.0f,"
            + "\"devicesPerSecond\":%.0f,\"bindingsPerPoll\":%.1f,\"requestsPerPoll\":%.2f,"
            + "\"peakMiB\":%d,\"allValuesPolled\":%b}",
        polls,
        wallSeconds,
        cpuSeconds,
        pollsPerCpuSecond(),
        polls / wallSeconds,
        (double) counts.bindings() / polls,
        (double) counts.requests() / polls,
        peakMiB,
        isWhole());
  }
}
