package io.argos.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on loopback. */
public final class Ports {
  /** The only address that embedded servers bind. */
  public static final String LOOPBACK = "127.0.0.1";

  private Ports() {}

  /**
   * The port to use: the one asked for, or a free one for 0.
   *
   * @param server name of the server, for the message
   * @param key configuration key of the port, for the message
   * @throws ServerStartException when another program has it
   */
  public static int claim(int port, String server, String key) {
    try (var socket = new ServerSocket()) {
      // As the servers do: a connection in TIME_WAIT does not keep the port.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      if (port == 0) {
        throw new UncheckedIOException("no free port on " + LOOPBACK, e);
      }
      throw taken(port, server, key, e);
    }
  }

  /** The sentence for a port that cannot be had. */
  public static ServerStartException taken(int port, String server, String key, Exception cause) {
    return new ServerStartException(
        "Port %d for %s cannot be had (%s): stop the program that uses it, or set %s to another port, 0 for any free one."
            .formatted(port, server, cause.getMessage(), key),
        cause);
  }
}
