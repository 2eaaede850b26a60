package io.argos.testing.simulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where devices listen.
 *
 * @param first first address
 * @param port first or only port; 0 for any
 * @param manyAddresses true for one port on many addresses, false for many ports on one address
 */
record Places(InetAddress first, int port, boolean manyAddresses) {
  boolean anyPort() {
    return port == 0;
  }

  Cursor cursor() {
    return new Cursor();
  }

  /** Goes from place to place. */
  final class Cursor {
    private InetAddress address = first;
    private int next = port;

    InetSocketAddress next() {
      return new InetSocketAddress(address, next);
    }

    /** Takes note of the place that the latest device got. */
    void got(InetSocketAddress place) {
      if (!place.getAddress().equals(address)) {
        return;
      }
      if (manyAddresses) {
        next = place.getPort();
        address = following(address);
      } else if (port != 0) {
        next++;
      }
    }
  }

  private static InetAddress following(InetAddress address) {
    byte[] octets = address.getAddress();
    do {
      for (int i = octets.length - 1; i >= 0 && ++octets[i] == 0; i--) {
        // carries into the octet before
      }
    } while (octets[octets.length - 1] == 0 || octets[octets.length - 1] == (byte) 255);
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + octets.length + " octets", e);
    }
  }
}
