package io.argos.servers.registry;

import com.sun.net.httpserver.HttpServer;
import io.argos.servers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry on loopback whose store is a compacted topic. It answers 503 until it has read
 * that topic. One instance per topic: it is the topic's only writer.
 */
public final class SchemaRegistryServer implements AutoCloseable {
  /** The topic that holds the schemas, by Confluent's convention. */
  public static final String TOPIC = "_schemas";

  private static final Logger log = LoggerFactory.getLogger(SchemaRegistryServer.class);

  private final HttpServer server;
  private final SchemaRegistry registry;
  private final ExecutorService requests;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SchemaRegistryServer(
      HttpServer server, SchemaRegistry registry, ExecutorService requests) {
    this.server = server;
    this.registry = registry;
    this.requests = requests;
  }

  /** Starts a registry on a Kafka that needs nothing but its address. */
  public static SchemaRegistryServer start(int port, String bootstrap) {
    return start(port, Map.of("bootstrap.servers", bootstrap));
  }

  /**
   * Starts a registry; it need not wait for Kafka.
   *
   * @param port port on loopback; 0 for a free one
   * @param kafka properties that every Kafka client needs here
   * @throws io.argos.servers.ServerStartException when the port is taken
   */
  public static SchemaRegistryServer start(int port, Map<String, Object> kafka) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(Ports.LOOPBACK, port), 0);
    } catch (BindException e) {
      throw Ports.taken(port, "the schema registry", "servers.registry-port", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the schema registry cannot start", e);
    }
    SchemaRegistry registry;
    boolean made = false;
    try {
      registry = new SchemaRegistry(new RegistryLog(kafka, TOPIC));
      made = true;
    } finally {
      if (!made) {
        server.stop(0);
      }
    }
    ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(requests);
    server.createContext("/", new RegistryRoutes(registry));
    server.start();
    var started = new SchemaRegistryServer(server, registry, requests);
    log.info("registry listening url={}", started.url());
    return started;
  }

  /** Waits until the log has been read, for that long at most; whether it has. */
  public boolean awaitReady(Duration wait) throws InterruptedException {
    return registry.awaitReady(wait);
  }

  /** Why it does not answer yet, for messages. */
  public String unready() {
    return registry.unready();
  }

  /** Base address. */
  public URI url() {
    return URI.create("http://" + Ports.LOOPBACK + ":" + port());
  }

  /** The port in use. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.stop(0);
      requests.shutdownNow();
      registry.close();
    }
  }
}
