package io.argos.snmp;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A device and how to ask it.
 *
 * @param address its address, resolved
 * @param credential how to prove who asks
 * @param limits bounds of the exchange
 */
public record SnmpTarget(InetSocketAddress address, SnmpCredential credential, SnmpLimits limits) {

  /** The same, for an exchange that ends after so long at the latest with what was read by then. */
  public SnmpTarget within(Duration time) {
    return new SnmpTarget(address, credential, limits.within(time));
  }
}
