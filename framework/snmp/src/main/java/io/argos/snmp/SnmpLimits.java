package io.argos.snmp;

import io.argos.config.SnmpConfig;
import java.time.Duration;

/**
 * Bounds of an exchange with one device.
 *
 * @param timeout wait for one answer
 * @param retries repetitions of an unanswered request
 * @param maxRepetitions rows asked for in one GETBULK; adapts downwards
 * @param window requests in flight
 * @param maxRows rows after which a walk is cut
 * @param packetsPerSecond most requests sent to the device each second, repetitions included; 0 for
 *     no bound
 * @param whole time after which the exchange ends with what was read by then
 * @param unordered whether the rows of a walk may come in any order; otherwise one that does not
 *     come after the one before it is a loop
 */
public record SnmpLimits(
    Duration timeout,
    int retries,
    int maxRepetitions,
    int window,
    int maxRows,
    int packetsPerSecond,
    Duration whole,
    boolean unordered) {
  private static final Duration UNBOUNDED = Duration.ofDays(1);

  public SnmpLimits {
    require(timeout.isPositive(), "timeout must be above zero, not " + timeout);
    require(retries >= 0, "retries must not be negative: " + retries);
    require(maxRepetitions > 0, "maxRepetitions must be above zero, not " + maxRepetitions);
    require(window > 0, "window must be above zero, not " + window);
    require(maxRows > 0, "maxRows must be above zero, not " + maxRows);
    require(packetsPerSecond >= 0, "packetsPerSecond must not be negative: " + packetsPerSecond);
    require(whole.isPositive(), "whole must be above zero, not " + whole);
  }

  /** Limits without a bound on the whole exchange. */
  public SnmpLimits(
      Duration timeout,
      int retries,
      int maxRepetitions,
      int window,
      int maxRows,
      int packetsPerSecond) {
    this(timeout, retries, maxRepetitions, window, maxRows, packetsPerSecond, UNBOUNDED, false);
  }

  /** Limits without a bound on packets per second. */
  public SnmpLimits(Duration timeout, int retries, int maxRepetitions, int window, int maxRows) {
    this(timeout, retries, maxRepetitions, window, maxRows, 0);
  }

  /**
   * The same limits for an exchange that ends after so long at the latest, and soon if none is
   * left.
   */
  public SnmpLimits within(Duration time) {
    Duration bound = time.isPositive() ? time : Duration.ofMillis(1);
    return new SnmpLimits(
        timeout, retries, maxRepetitions, window, maxRows, packetsPerSecond, bound, unordered);
  }

  /** The same limits with other repetitions. */
  public SnmpLimits repeating(int times) {
    return new SnmpLimits(
        timeout, times, maxRepetitions, window, maxRows, packetsPerSecond, whole, unordered);
  }

  /** The same limits for a device whose rows may come in any order. */
  public SnmpLimits inAnyOrder() {
    return new SnmpLimits(
        timeout, retries, maxRepetitions, window, maxRows, packetsPerSecond, whole, true);
  }

  /** True when the whole exchange is bounded. */
  boolean isBounded() {
    return whole.compareTo(UNBOUNDED) < 0;
  }

  /** The limits of a configuration. */
  public static SnmpLimits of(SnmpConfig config) {
    return new SnmpLimits(
        config.timeout(),
        config.retries(),
        config.maxRepetitions(),
        config.window(),
        config.maxRows(),
        config.packetsPerSecond());
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
