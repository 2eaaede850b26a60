package io.argos.snmp.trap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.argos.config.TrapsConfig;
import io.argos.snmp.SnmpCredential;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives traps and informs on one port, over IPv4 and IPv6. One thread takes datagrams from the
 * socket, as many of each sender as it may send, into a bounded queue; another makes traps of them
 * and hands them on. What is not handed on is counted by its reason: {@code received = heard +
 * dropped}, but for those that still wait.
 */
public final class TrapReceiver implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TrapReceiver.class);
  private static final int LARGEST = 0xffff;
  private static final int RECEIVE_BUFFER = 4 << 20;

  /** Octets that may wait, however many datagrams they are. */
  private static final long MOST_WAITING = 16L << 20;

  /** Senders whose losses are told of apart. */
  private static final int MOST_LOSERS = 1_000;

  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);

  private final DatagramSocket socket;
  private final TrapEngine engine;
  private final TrapHandler handler;
  private final TrapCounts counts;
  private final SourceRates rates;
  private final BlockingQueue<Datagram> queue;
  private final AtomicLong waiting = new AtomicLong();
  private final ConcurrentMap<InetAddress, Integer> lost = new ConcurrentHashMap<>();
  private final Thread taking;
  private final Thread hearing;
  private volatile boolean closed;

  @GuardedBy("this")
  private List<SnmpCredential> allowed = List.of();

  private TrapReceiver(
      DatagramSocket socket, TrapsConfig config, TrapHandler handler, TrapCounts counts) {
    this.socket = socket;
    this.handler = handler;
    this.counts = counts;
    this.engine =
        new TrapEngine(socket, hostName() + ':' + socket.getLocalPort(), TrapAccess.of(List.of()));
    this.rates = new SourceRates(config.rate(), System::nanoTime);
    this.queue = new ArrayBlockingQueue<>(config.queue());
    this.taking = Thread.ofPlatform().daemon().name("traps-socket").unstarted(this::take);
    this.hearing = Thread.ofPlatform().daemon().name("traps").unstarted(this::hear);
  }

  /**
   * Binds the port and begins to receive; nothing is accepted until {@link #allow}.
   *
   * @throws IOException naming the address, when it cannot be bound
   */
  public static TrapReceiver open(TrapsConfig config, TrapHandler handler, TrapCounts counts)
      throws IOException {
    // Of all addresses the one socket takes both families, also where there is no IPv6.
    InetSocketAddress bound =
        config.address().equals(TrapsConfig.ANY)
            ? new InetSocketAddress(config.port())
            : new InetSocketAddress(InetAddress.getByName(config.address()), config.port());
    DatagramSocket socket = new DatagramSocket(null);
    try {
      socket.setReceiveBufferSize(RECEIVE_BUFFER);
      socket.bind(bound);
    } catch (IOException e) {
      socket.close();
      throw new IOException(
          "traps cannot be received at %s, UDP port %d: %s"
              .formatted(config.address(), config.port(), e.getMessage()),
          e);
    }
    TrapReceiver receiver = new TrapReceiver(socket, config, handler, counts);
    receiver.taking.start();
    receiver.hearing.start();
    return receiver;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A host without a name still has its port.
      return "host";
    }
  }

  /** Accepts what these credentials allow from now on, and nothing else. */
  public synchronized void allow(List<SnmpCredential> credentials) {
    if (credentials.equals(allowed)) {
      return;
    }
    TrapAccess access = TrapAccess.of(credentials);
    engine.allow(access);
    allowed = List.copyOf(credentials);
    for (String problem : access.problems()) {
      log.warn("credential of traps cannot be used problem={}", problem);
    }
  }

  /** Port that it listens on. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Datagrams that wait. */
  public int queued() {
    return queue.size();
  }

  private void take() {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    while (!closed) {
      try {
        packet.setLength(LARGEST);
        socket.receive(packet);
        take(packet);
      } catch (IOException e) {
        if (!closed) {
          log.warn("traps cannot be received, trying on cause={}", e.toString());
          pause();
        }
      }
    }
  }

  private void take(DatagramPacket packet) {
    counts.received();
    int length = packet.getLength();
    if (!rates.take(packet.getAddress())) {
      lose(packet, TrapDrop.SOURCE);
    } else if (waiting.get() + length > MOST_WAITING) {
      lose(packet, TrapDrop.QUEUE);
    } else {
      waiting.addAndGet(length);
      byte[] octets = Arrays.copyOf(packet.getData(), length);
      var from = new InetSocketAddress(packet.getAddress(), packet.getPort());
      if (!queue.offer(new Datagram(octets, from))) {
        waiting.addAndGet(-length);
        lose(packet, TrapDrop.QUEUE);
      }
    }
  }

  private void lose(DatagramPacket packet, TrapDrop reason) {
    counts.dropped(reason);
    InetAddress source = packet.getAddress();
    if (lost.size() < MOST_LOSERS || lost.containsKey(source)) {
      lost.merge(source, 1, Integer::sum);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(IDLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hear() {
    long idle = System.nanoTime();
    try {
      while (!closed) {
        Datagram datagram = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        if (datagram != null) {
          waiting.addAndGet(-datagram.octets().length);
          hear(datagram);
        }
        long now = System.nanoTime();
        if (now - idle >= IDLE.toNanos()) {
          idle = now;
          idle();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hear(Datagram datagram) throws InterruptedException {
    switch (engine.hear(datagram)) {
      case TrapEngine.Heard.Nothing(TrapDrop reason) -> counts.dropped(reason);
      case TrapEngine.Heard.Message(Trap trap, Runnable kept) -> {
        try {
          handler.received(trap, kept);
          counts.heard();
        } catch (RuntimeException e) {
          // The edge: one trap that cannot be handled must not be the end of all.
          counts.dropped(TrapDrop.FAILED);
          log.warn("trap not handled source={} trap={}", trap.source(), trap.oid(), e);
        }
      }
    }
  }

  private void idle() throws InterruptedException {
    try {
      for (InetAddress source : lost.keySet()) {
        Integer count = lost.remove(source);
        handler.lost(source, count == null ? 0 : count);
      }
      handler.idle();
    } catch (RuntimeException e) {
      log.warn("traps cannot be settled, trying on", e);
    }
  }

  /** Receives no more, and drops what waits; within three seconds. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    socket.close();
    hearing.join(CLOSE_WAIT.dividedBy(2));
    hearing.interrupt();
    hearing.join(CLOSE_WAIT.dividedBy(2));
    taking.join(CLOSE_WAIT.dividedBy(2));
    counts.dropped(TrapDrop.QUEUE, queue.size());
    queue.clear();
  }
}
