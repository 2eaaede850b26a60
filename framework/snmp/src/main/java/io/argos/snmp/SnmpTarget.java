package io.argos.snmp;

import java.net.InetSocketAddress;

/**
 * A device and how to ask it.
 *
 * @param address its address, resolved
 * @param credential how to prove who asks
 * @param limits bounds of the exchange
 */
public record SnmpTarget(InetSocketAddress address, SnmpCredential credential, SnmpLimits limits) {}
