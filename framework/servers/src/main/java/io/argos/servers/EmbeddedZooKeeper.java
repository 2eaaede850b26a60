package io.argos.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.zookeeper.server.PurgeTxnLog;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One ZooKeeper server in this process, without its administrative HTTP server. */
public final class EmbeddedZooKeeper implements AutoCloseable {
  /** Lets sessions be as short as two seconds. */
  public static final Duration DEFAULT_TICK = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(EmbeddedZooKeeper.class);
  private static final int CONNECTIONS_PER_ADDRESS = 500;
  private static final int LONGEST_SESSION_MILLIS = 60_000;
  private static final long PREALLOCATED_BYTES = 1 << 20;
  private static final int SNAPSHOTS_KEPT = 3;
  private static final Duration CLOSE_BOUND = Duration.ofSeconds(5);

  private final ServerCnxnFactory connections;
  private final int port;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedZooKeeper(ServerCnxnFactory connections, int port) {
    this.connections = connections;
    this.port = port;
  }

  /** Starts a server on a free port with its data in the folder. */
  public static EmbeddedZooKeeper start(Path folder) {
    return start(folder, 0, DEFAULT_TICK);
  }

  /**
   * Starts a server, on the data of a former one where the folder has some.
   *
   * @param port port on loopback; 0 for a free one
   * @param tick unit of its timers; the shortest session is two of them
   * @throws ServerStartException when the port is taken
   */
  public static EmbeddedZooKeeper start(Path folder, int port, Duration tick) {
    // The transaction log grows by this at a time; 64 MiB are too much for a laptop.
    FileTxnLog.setPreallocSize(PREALLOCATED_BYTES);
    ServerCnxnFactory connections = null;
    boolean started = false;
    try {
      purge(folder);
      var server =
          new ZooKeeperServer(folder.toFile(), folder.toFile(), Math.toIntExact(tick.toMillis()));
      server.setMaxSessionTimeout(LONGEST_SESSION_MILLIS);
      connections =
          ServerCnxnFactory.createFactory(
              new InetSocketAddress(Ports.LOOPBACK, port), CONNECTIONS_PER_ADDRESS);
      connections.startup(server);
      started = true;
      log.info(
          "zookeeper started address={}:{} folder={}",
          Ports.LOOPBACK,
          connections.getLocalPort(),
          folder);
      return new EmbeddedZooKeeper(connections, connections.getLocalPort());
    } catch (BindException e) {
      throw Ports.taken(port, "ZooKeeper", "servers.zookeeper-port", e);
    } catch (IOException e) {
      throw new UncheckedIOException("ZooKeeper cannot start on " + folder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerStartException("ZooKeeper was interrupted while it started.", e);
    } finally {
      if (!started && connections != null) {
        connections.shutdown();
      }
    }
  }

  /** Connect string for clients. */
  public String connect() {
    return Ports.LOOPBACK + ":" + port;
  }

  /** The port in use. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    Thread stopper =
        Thread.ofPlatform().daemon().name("zookeeper-stop").start(connections::shutdown);
    try {
      if (!stopper.join(CLOSE_BOUND)) {
        log.warn("zookeeper close overran bound={}", CLOSE_BOUND);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Snapshots pile up otherwise, one for each start. */
  private static void purge(Path folder) throws IOException {
    if (folder.resolve("version-2").toFile().isDirectory()) {
      PurgeTxnLog.purge(folder.toFile(), folder.toFile(), SNAPSHOTS_KEPT);
    }
  }
}
