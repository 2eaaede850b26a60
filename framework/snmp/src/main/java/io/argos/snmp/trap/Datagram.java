package io.argos.snmp.trap;

import java.net.InetSocketAddress;

/** Octets that came from somewhere. */
record Datagram(byte[] octets, InetSocketAddress from) {}
