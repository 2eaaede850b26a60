package io.argos.snmp;

import java.util.concurrent.TimeUnit;

/**
 * When the next packet may go to a device, whatever it belongs to. Packets are spread evenly; one
 * that could have gone a moment earlier is made up for, since the loop looks at its clock in ticks.
 * In no second more go than the rate says. Belongs to the thread of its loop.
 */
final class DevicePace {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** How far packets may be made up for: two ticks of the loop's clock. */
  private static final long SLACK = 2 * TimeoutWheel.TICK_NANOS;

  /** When the next packet would go if all had gone at even distances. */
  private long planned;

  private boolean begun;

  /**
   * Takes leave for one packet.
   *
   * @param now value of the nano clock
   * @return false when none may go before {@link #next}
   */
  boolean takes(long now, int packetsPerSecond) {
    if (begun && now - next() < 0) {
      return false;
    }
    // With the slack in the distance, n packets and the slack still take a second.
    long distance = (SECOND + SLACK + packetsPerSecond - 1) / packetsPerSecond;
    planned = (begun && planned - now > 0 ? planned : now) + distance;
    begun = true;
    return true;
  }

  /** When a packet may go again, by the nano clock. */
  long next() {
    return planned - SLACK;
  }
}
