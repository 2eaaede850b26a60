package io.argos.manager.metrics;

/**
 * The moment at which values were read.
 *
 * @param atMillis when, by the agent's clock
 * @param uptimeCentis the device's sysUpTime in that poll, or {@link #NO_UPTIME}
 */
record Sample(long atMillis, long uptimeCentis) {
  static final long NO_UPTIME = -1;
}
