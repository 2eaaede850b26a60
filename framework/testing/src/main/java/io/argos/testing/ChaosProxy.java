package io.argos.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP proxy on loopback that does to connections what networks do: delays, stalls, cuts, resets,
 * truncates, refuses. All methods are safe for use by any thread and take effect at once, also on
 * connections that are open.
 */
public final class ChaosProxy implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChaosProxy.class);
  private static final int BUFFER = 16_384;
  private static final int CONNECT_MILLIS = 5_000;

  /** A connection of a client and the one to the server that goes with it. */
  private record Pair(Socket client, Socket server) {
    void close(boolean reset) {
      for (Socket socket : new Socket[] {client, server}) {
        try {
          if (reset) {
            // Closing with a linger of zero sends RST instead of FIN.
            socket.setSoLinger(true, 0);
          }
          socket.close();
        } catch (IOException e) {
          log.debug("a socket was closed already", e);
        }
      }
    }
  }

  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition resumed = lock.newCondition();
  private volatile Duration latency = Duration.ZERO;
  private volatile long truncateAfter = Long.MAX_VALUE;
  private volatile boolean stalled;
  private volatile boolean refusing;
  private volatile boolean closed;

  private ChaosProxy(InetSocketAddress target, ServerSocket listener) {
    this.target = target;
    this.listener = listener;
  }

  /** Starts a proxy in front of a server, on a free port. */
  public static ChaosProxy to(InetSocketAddress target) {
    try {
      ChaosProxy proxy =
          new ChaosProxy(target, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("chaos-proxy").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("the proxy cannot listen", e);
    }
  }

  /** Where clients connect. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** Holds each piece of data back for a while, in both directions. */
  public void latency(Duration delay) {
    latency = delay;
  }

  /** Lets no data through; connections stay open. */
  public void stall() {
    stalled = true;
  }

  /** Lets data through again. */
  public void resume() {
    lock.lock();
    try {
      stalled = false;
      resumed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends each connection once its server has sent more than so many bytes. */
  public void truncateAfter(long bytes) {
    truncateAfter = bytes;
  }

  /** Closes new connections at once, or no longer. */
  public void refuse(boolean refuse) {
    refusing = refuse;
  }

  /** Closes all connections in order; new ones are taken. */
  public void cut() {
    endAll(false);
  }

  /** Resets all connections; new ones are taken. */
  public void reset() {
    endAll(true);
  }

  private void endAll(boolean reset) {
    for (Pair pair : pairs) {
      end(pair, reset);
    }
  }

  private void end(Pair pair, boolean reset) {
    if (pairs.remove(pair)) {
      pair.close(reset);
    }
  }

  /** Connections that are open. */
  public int connections() {
    return pairs.size();
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().name("chaos-connect").start(() -> connect(client));
      } catch (IOException e) {
        if (!closed) {
          log.warn("the proxy could not accept a connection", e);
        }
      }
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    Pair pair = new Pair(client, server);
    try {
      if (refusing) {
        pair.close(true);
        return;
      }
      server.connect(target, CONNECT_MILLIS);
      pairs.add(pair);
      Thread.ofVirtual()
          .name("chaos-up")
          .start(() -> pump(pair, client, server, () -> Long.MAX_VALUE));
      pump(pair, server, client, () -> truncateAfter);
    } catch (IOException e) {
      log.debug("the proxy could not reach target={}", target, e);
      pair.close(true);
    }
    if (closed) {
      end(pair, true);
    }
  }

  private void pump(Pair pair, Socket from, Socket to, LongSupplier atMost) {
    byte[] buffer = new byte[BUFFER];
    long passed = 0;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int read = in.read(buffer);
      while (read >= 0) {
        hold();
        int pass = (int) Math.clamp(atMost.getAsLong() - passed, 0, read);
        out.write(buffer, 0, pass);
        passed += pass;
        read = pass < read ? -1 : in.read(buffer);
      }
      end(pair, false);
    } catch (IOException _) {
      end(pair, true);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      end(pair, true);
    }
  }

  private void hold() throws InterruptedException {
    Duration delay = latency;
    if (delay.isPositive()) {
      Thread.sleep(delay);
    }
    lock.lock();
    try {
      while (stalled && !closed) {
        resumed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
    } catch (IOException e) {
      log.warn("the proxy's listener did not close", e);
    }
    endAll(true);
    resume();
  }
}
