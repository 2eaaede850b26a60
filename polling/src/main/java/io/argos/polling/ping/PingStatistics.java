package io.argos.polling.ping;

import java.util.Optional;

/**
 * What a ping counted.
 *
 * @param transmitted packets sent, one at least
 * @param received packets answered, those that were answered twice once
 * @param roundTrips absent when none was answered, or the clock is too coarse to tell
 */
public record PingStatistics(int transmitted, int received, Optional<RoundTrips> roundTrips) {

  /** Times from packet to answer, in milliseconds. */
  public record RoundTrips(double minimum, double average, double maximum, double deviation) {}

  /** Share of the packets that was not answered, 0 to 100. */
  public double lossPercent() {
    return 100.0 * (transmitted - received) / transmitted;
  }
}
