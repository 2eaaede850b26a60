package io.argos.servers;

import io.argos.config.ServersConfig;
import io.argos.servers.registry.SchemaRegistryServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka, ZooKeeper, Redis and the schema registry, started in that order and closed in the reverse,
 * with all data under one folder that one process holds at a time.
 */
public final class Servers implements AutoCloseable {
  /**
   * What a test may want otherwise.
   *
   * @param kafkaProperties broker properties that replace ours
   * @param zookeeperTick unit of ZooKeeper's timers; the shortest session is two of them
   * @param redisPassword what clients of Redis must give
   */
  public record Options(
      Map<String, String> kafkaProperties, Duration zookeeperTick, Optional<String> redisPassword) {
    /** As the program runs them. */
    public static final Options DEFAULT =
        new Options(Map.of(), EmbeddedZooKeeper.DEFAULT_TICK, Optional.empty());

    public Options {
      kafkaProperties = Map.copyOf(kafkaProperties);
    }
  }

  private static final Logger log = LoggerFactory.getLogger(Servers.class);
  private static final Duration REGISTRY_BOUND = Duration.ofSeconds(30);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final EmbeddedKafka kafka;
  private final EmbeddedZooKeeper zookeeper;
  private final EmbeddedRedis redis;
  private final SchemaRegistryServer registry;

  /** Starts all four; when one cannot start, those before it are closed. */
  public static Servers start(ServersConfig config, Path data) throws InterruptedException {
    return start(config, data, Options.DEFAULT);
  }

  /**
   * Starts all four; when one cannot start, those before it are closed.
   *
   * @throws ServerStartException when a port or the folder is taken
   */
  public static Servers start(ServersConfig config, Path data, Options options)
      throws InterruptedException {
    return new Servers(config, data, options);
  }

  private Servers(ServersConfig config, Path data, Options options) throws InterruptedException {
    boolean started = false;
    try {
      DataFolder folder = opened(DataFolder.hold(data));
      // A taken port is said at once, not after the servers before it have come up.
      Ports.claim(config.zookeeperPort(), "ZooKeeper", "servers.zookeeper-port");
      Ports.claim(config.redisPort(), "Redis", "servers.redis-port");
      Ports.claim(config.registryPort(), "the schema registry", "servers.registry-port");
      kafka =
          opened(
              EmbeddedKafka.start(
                  folder.of("kafka"), config.kafkaPort(), options.kafkaProperties()));
      zookeeper =
          opened(
              EmbeddedZooKeeper.start(
                  folder.of("zookeeper"), config.zookeeperPort(), options.zookeeperTick()));
      redis =
          opened(
              EmbeddedRedis.start(folder.of("redis"), config.redisPort(), options.redisPassword()));
      registry = opened(SchemaRegistryServer.start(config.registryPort(), kafka.bootstrap()));
      if (!registry.awaitReady(REGISTRY_BOUND)) {
        throw new ServerStartException(
            "The schema registry did not become ready within %d s: %s."
                .formatted(REGISTRY_BOUND.toSeconds(), registry.unready()));
      }
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  public EmbeddedKafka kafka() {
    return kafka;
  }

  public EmbeddedZooKeeper zookeeper() {
    return zookeeper;
  }

  public EmbeddedRedis redis() {
    return redis;
  }

  public SchemaRegistryServer registry() {
    return registry;
  }

  /** Bootstrap address of Kafka. */
  public String bootstrap() {
    return kafka.bootstrap();
  }

  /** Connect string of ZooKeeper. */
  public String connect() {
    return zookeeper.connect();
  }

  /** Base address of the schema registry. */
  public URI registryUrl() {
    return registry.url();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    while (!open.isEmpty()) {
      AutoCloseable server = open.pop();
      try {
        server.close();
      } catch (Exception e) {
        log.warn("close failed server={}", server.getClass().getSimpleName(), e);
      }
    }
  }

  private <T extends AutoCloseable> T opened(T server) {
    open.push(server);
    return server;
  }
}
