package io.argos.testing;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Ports for servers that have to be told theirs, or that come only later. They are free for TCP and
 * UDP on loopback when given, are given once, and lie below those that Linux gives to outgoing
 * connections; each of the build's test processes ({@code argos.fork}, from 1) has a range of its
 * own. So none is lost before its server binds it. Safe for use by several threads.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int RANGE = 3_000;
  private static final int FORKS = 4;

  private static final int OF_FORK = FIRST + RANGE * (Integer.getInteger("argos.fork", 1) % FORKS);
  // Checkouts whose tests run at once begin at different places.
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(RANGE));

  private FreePorts() {}

  /** A free port. */
  public static int one() {
    for (int tried = 0; tried < RANGE; tried++) {
      int port = OF_FORK + Math.floorMod(NEXT.getAndIncrement(), RANGE);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "no port from " + OF_FORK + " to " + (OF_FORK + RANGE - 1) + " is free");
  }

  /** Free ports, each another. */
  public static List<Integer> several(int count) {
    return Stream.generate(FreePorts::one).limit(count).toList();
  }

  private static boolean isFree(int port) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      tcp.bind(address);
      udp.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
