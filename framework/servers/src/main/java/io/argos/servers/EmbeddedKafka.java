package io.argos.servers;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker that is its own controller (KRaft), in this process. Sized for one machine: one
 * replica, few partitions of the internal topics, small buffers. Topics are never made by accident.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final int NODE = 1;
  private static final Duration CLOSE_BOUND = Duration.ofSeconds(15);

  /** How often another free port is tried when the one found was taken meanwhile. */
  private static final int ATTEMPTS = 3;

  private final KafkaRaftServer server;
  private final int port;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedKafka(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Starts a broker on a free port with its data in the folder. */
  public static EmbeddedKafka start(Path folder) {
    return start(folder, 0, Map.of());
  }

  /**
   * One way for clients to reach a broker.
   *
   * @param name of the listener in the broker's properties, such as {@code PLAINTEXT}
   * @param protocol its security protocol, in Kafka's words
   * @param port on loopback; 0 for a free one
   * @param advertised what clients are told to connect to, host:port, when something stands between
   *     them and the listener
   */
  public record Listener(String name, String protocol, int port, Optional<String> advertised) {
    /** Without encryption and authentication. */
    public static Listener plain(int port) {
      return new Listener("PLAINTEXT", "PLAINTEXT", port, Optional.empty());
    }

    private String bound() {
      return "%s://%s:%d".formatted(name, Ports.LOOPBACK, port);
    }

    private String told() {
      return name + "://" + advertised.orElse(Ports.LOOPBACK + ":" + port);
    }

    private String mapped() {
      return name + ":" + protocol;
    }

    private Listener claimed() {
      return new Listener(
          name, protocol, Ports.claim(port, "Kafka", "servers.kafka-port"), advertised);
    }
  }

  /**
   * Starts a broker, on the data of a former one where the folder has some.
   *
   * @param port port on loopback; 0 for a free one
   * @param properties broker properties that replace ours, such as shorter timers for tests
   * @throws ServerStartException when the port is taken
   */
  public static EmbeddedKafka start(Path folder, int port, Map<String, String> properties) {
    return start(folder, List.of(Listener.plain(port)), properties);
  }

  /**
   * Starts a broker, on the data of a former one where the folder has some.
   *
   * @param listeners how it is reached; the first is also the broker's own way to itself
   * @param properties broker properties that replace ours
   * @throws ServerStartException when a port is taken
   */
  public static EmbeddedKafka start(
      Path folder, List<Listener> listeners, Map<String, String> properties) {
    for (int attempt = 1; ; attempt++) {
      List<Listener> claimed = listeners.stream().map(Listener::claimed).toList();
      int controller = Ports.claim(0, "Kafka", "servers.kafka-port");
      try {
        return start(folder, claimed, controller, properties);
      } catch (KafkaException e) {
        if (attempt == ATTEMPTS || e.getMessage() == null || !e.getMessage().contains("bind")) {
          throw e;
        }
        int port = listeners.getFirst().port();
        if (port != 0 && attempt == ATTEMPTS - 1) {
          throw Ports.taken(port, "Kafka", "servers.kafka-port", e);
        }
      }
    }
  }

  private static EmbeddedKafka start(
      Path folder, List<Listener> listeners, int controller, Map<String, String> properties) {
    long begun = System.nanoTime();
    format(folder);
    Map<String, String> settings = settings(folder, listeners, controller);
    settings.putAll(properties);
    var server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
    boolean started = false;
    try {
      server.startup();
      started = true;
    } finally {
      if (!started) {
        stop(server);
      }
    }
    int port = listeners.getFirst().port();
    log.info(
        "kafka started address={}:{} folder={} tookMillis={}",
        Ports.LOOPBACK,
        port,
        folder,
        (System.nanoTime() - begun) / 1_000_000);
    return new EmbeddedKafka(server, port);
  }

  /** Address of the first listener for clients, host:port. */
  public String bootstrap() {
    return Ports.LOOPBACK + ":" + port;
  }

  /** The port of the first listener. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      stop(server);
    }
  }

  /** On a thread of its own, for Kafka's own shutdown has no bound. */
  private static void stop(KafkaRaftServer server) {
    Thread stopper =
        Thread.ofPlatform()
            .daemon()
            .name("kafka-stop")
            .start(() -> {
              server.shutdown();
              server.awaitShutdown();
            });
    try {
      if (!stopper.join(CLOSE_BOUND)) {
        log.warn("kafka close overran bound={}", CLOSE_BOUND);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void format(Path folder) {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    var said = new ByteArrayOutputStream();
    try (var out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      new Formatter()
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(NODE)
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(folder.toString())
          .addDirectory(folder.toString())
          .setIgnoreFormatted(true)
          .setPrintStream(out)
          .run();
    } catch (Exception e) {
      // Formatter.run declares Exception and nothing narrower.
      throw new ServerStartException(
          "Kafka cannot prepare its data folder %s (%s): make room there or choose another."
              .formatted(folder, e.getMessage()),
          e);
    }
    log.debug("kafka formatted folder={} said={}", folder, said.toString(StandardCharsets.UTF_8));
  }

  private static Map<String, String> settings(
      Path folder, List<Listener> listeners, int controller) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put(
        "listeners",
        joined(listeners, Listener::bound)
            + ",CONTROLLER://%s:%d".formatted(Ports.LOOPBACK, controller));
    settings.put("advertised.listeners", joined(listeners, Listener::told));
    settings.put(
        "listener.security.protocol.map",
        joined(listeners, Listener::mapped) + ",CONTROLLER:PLAINTEXT");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", listeners.getFirst().name());
    settings.put("controller.quorum.voters", NODE + "@" + Ports.LOOPBACK + ":" + controller);
    settings.put("log.dirs", folder.toString());

    settings.put("auto.create.topics.enable", "false");
    settings.put("num.partitions", "1");
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");

    // Few records and many partitions: small buffers, and indexes that do not map 10 MiB each.
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    settings.put("log.cleaner.io.buffer.size", Integer.toString(128 << 10));
    settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");

    // Members may ask for short sessions, and a first group does not wait for others.
    settings.put("group.min.session.timeout.ms", "500");
    settings.put("group.consumer.min.session.timeout.ms", "500");
    settings.put("group.consumer.min.heartbeat.interval.ms", "100");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // After a kill, the broker may come back when its former session has run out.
    settings.put("broker.session.timeout.ms", "5000");
    settings.put("broker.heartbeat.interval.ms", "1000");
    settings.put("metric.reporters", "");
    return settings;
  }

  private static String joined(List<Listener> listeners, Function<Listener, String> part) {
    return String.join(",", listeners.stream().map(part).toList());
  }
}
