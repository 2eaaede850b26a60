package io.argos.snmp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one loop: one for IPv4, and one for IPv6 from its first use on. Only {@link
 * #wakeup} and {@link #ports} may be called by other threads.
 */
final class UdpSockets implements AutoCloseable {
  static final int RECEIVE_BUFFER = 4 << 20;

  /** Datagrams taken before anything else gets its turn. */
  static final int BATCH = 256;

  private final Selector selector;
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
  private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 16);
  private final byte[] octets = new byte[1 << 16];
  private final Set<Integer> ports = new CopyOnWriteArraySet<>();
  private final DatagramChannel inet;
  private @Nullable DatagramChannel inet6;

  /** Takes a datagram; the octets are good until it returns. */
  interface Receiver {
    void received(byte[] octets, int length, InetSocketAddress from);
  }

  UdpSockets() throws IOException {
    selector = Selector.open();
    inet = open(StandardProtocolFamily.INET);
  }

  private DatagramChannel open(ProtocolFamily family) throws IOException {
    DatagramChannel channel;
    try {
      channel = DatagramChannel.open(family);
    } catch (UnsupportedOperationException e) {
      throw new IOException("this system has no IPv6", e);
    }
    channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    channel.configureBlocking(false);
    channel.bind(null);
    channel.register(selector, SelectionKey.OP_READ);
    ports.add(((InetSocketAddress) channel.getLocalAddress()).getPort());
    return channel;
  }

  /** The local ports of the sockets. */
  Set<Integer> ports() {
    return Set.copyOf(ports);
  }

  /** Octets that the kernel really gives to waiting answers. */
  int receiveBuffer() throws IOException {
    // Linux doubles what is asked for, and reports the half.
    return inet.getOption(StandardSocketOptions.SO_RCVBUF) * 2;
  }

  /**
   * Sends without waiting.
   *
   * @return false when there is no room now
   */
  boolean send(byte[] message, int from, int length, InetSocketAddress to) throws IOException {
    out.clear();
    out.put(message, from, length).flip();
    return channelTo(to).send(out, to) > 0;
  }

  private DatagramChannel channelTo(InetSocketAddress to) throws IOException {
    if (!(to.getAddress() instanceof Inet6Address)) {
      return inet;
    }
    if (inet6 == null) {
      inet6 = open(StandardProtocolFamily.INET6);
    }
    return inet6;
  }

  /**
   * Takes the datagrams that are there.
   *
   * @return their count
   */
  int receive(Receiver receiver) throws IOException {
    int count = receive(inet, receiver);
    return inet6 == null ? count : count + receive(inet6, receiver);
  }

  private int receive(DatagramChannel channel, Receiver receiver) throws IOException {
    for (int count = 0; count < BATCH; count++) {
      in.clear();
      SocketAddress from = channel.receive(in);
      if (from == null) {
        return count;
      }
      in.flip();
      int length = in.remaining();
      in.get(octets, 0, length);
      receiver.received(octets, length, (InetSocketAddress) from);
    }
    return BATCH;
  }

  /** Waits for a datagram or a wake-up; zero waits without end. */
  void await(long millis) throws IOException {
    selector.select(_ -> {}, millis);
  }

  void wakeup() {
    selector.wakeup();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    inet.close();
    if (inet6 != null) {
      inet6.close();
    }
  }
}
