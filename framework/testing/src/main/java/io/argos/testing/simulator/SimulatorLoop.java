package io.argos.testing.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that reads all sockets and sends what is due. */
final class SimulatorLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SimulatorLoop.class);
  private static final int LONGEST_DATAGRAM = 65_535;

  /** Datagrams read from one socket before the others get their turn. */
  private static final int TURN = 64;

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private record Delayed(
      long dueNanos, long order, DatagramChannel channel, InetSocketAddress to, byte[] datagram) {}

  private final Selector selector;
  private final RequestLog requests;
  private final Thread thread;
  private final ByteBuffer in = ByteBuffer.allocate(LONGEST_DATAGRAM);
  private final PriorityQueue<Delayed> delayed =
      new PriorityQueue<>(
          Comparator.comparingLong(Delayed::dueNanos).thenComparingLong(Delayed::order));
  private final long origin = System.nanoTime();
  private long order;
  private volatile boolean closing;

  SimulatorLoop(Selector selector, RequestLog requests) {
    this.selector = selector;
    this.requests = requests;
    this.thread = Thread.ofPlatform().daemon().name("argos-simulator").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closing) {
      try {
        waitForWork();
        selector.selectedKeys().forEach(this::read);
        selector.selectedKeys().clear();
        sendDue();
        requests.flush();
      } catch (IOException | RuntimeException e) {
        if (!closing) {
          log.error("a turn of the simulator failed", e);
        }
      }
    }
  }

  /** Nanoseconds since the start; unlike the raw clock they can be compared. */
  private long sinceOrigin() {
    return System.nanoTime() - origin;
  }

  private void waitForWork() throws IOException {
    Delayed first = delayed.peek();
    if (first == null) {
      selector.select();
      return;
    }
    long nanos = first.dueNanos() - sinceOrigin();
    if (nanos <= 0) {
      selector.selectNow();
    } else {
      selector.select(nanos / 1_000_000 + 1);
    }
  }

  private void read(SelectionKey key) {
    Switchboard board = (Switchboard) key.attachment();
    DatagramChannel channel = (DatagramChannel) key.channel();
    try {
      for (int i = 0; i < TURN; i++) {
        in.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(in);
        if (from == null) {
          return;
        }
        SimulatedDevice.Reply reply = board.receive(in.array(), in.position(), from);
        for (byte[] datagram : reply.datagrams()) {
          send(channel, from, datagram, reply.delay());
        }
      }
    } catch (ClosedChannelException _) {
      key.cancel();
    } catch (IOException e) {
      log.warn("a datagram was lost device={}", board.name(), e);
    }
  }

  private void send(DatagramChannel channel, InetSocketAddress to, byte[] datagram, Duration delay)
      throws IOException {
    if (delay.isZero()) {
      channel.send(ByteBuffer.wrap(datagram), to);
    } else {
      delayed.add(new Delayed(sinceOrigin() + delay.toNanos(), order++, channel, to, datagram));
    }
  }

  private void sendDue() {
    for (Delayed next = delayed.peek();
        next != null && next.dueNanos() - sinceOrigin() <= 0;
        next = delayed.peek()) {
      delayed.poll();
      try {
        next.channel().send(ByteBuffer.wrap(next.datagram()), next.to());
      } catch (IOException e) {
        log.warn("a delayed datagram was lost to={}", next.to(), e);
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      if (thread.isAlive()) {
        thread.join(LONGEST_CLOSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (!selector.isOpen()) {
      return;
    }
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      log.warn("a socket of the simulator did not close", e);
    }
  }
}
