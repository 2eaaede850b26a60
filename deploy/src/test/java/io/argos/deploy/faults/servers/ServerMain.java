package io.argos.deploy.faults.servers;

import io.argos.servers.EmbeddedKafka;
import io.argos.servers.EmbeddedZooKeeper;
import io.argos.servers.registry.SchemaRegistryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One server as a process of its own, which ends when its standard input does. */
final class ServerMain {
  /** Written when the server answers. */
  static final String UP = "server is up";

  /** Lets sessions be as short as 700 ms, and ends them near their time. */
  private static final Duration ZOOKEEPER_TICK = Duration.ofMillis(350);

  /** What the broker grants its clients is short already; so is what it grants itself. */
  private static final Map<String, String> SHORT_TIMERS =
      Map.of("broker.session.timeout.ms", "1500", "broker.heartbeat.interval.ms", "300");

  private ServerMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    AutoCloseable server =
        switch (arguments[0]) {
          case "kafka" ->
              EmbeddedKafka.start(
                  Path.of(arguments[1]),
                  List.of(
                      new EmbeddedKafka.Listener(
                          "DIRECT", "PLAINTEXT", Integer.parseInt(arguments[2]), Optional.empty()),
                      new EmbeddedKafka.Listener(
                          "PROXIED",
                          "PLAINTEXT",
                          Integer.parseInt(arguments[3]),
                          Optional.of(arguments[4]))),
                  SHORT_TIMERS);
          case "zookeeper" ->
              EmbeddedZooKeeper.start(
                  Path.of(arguments[1]), Integer.parseInt(arguments[2]), ZOOKEEPER_TICK);
          case "registry" -> registry(Integer.parseInt(arguments[1]), arguments[2]);
          default -> throw new IllegalArgumentException("no such server: " + arguments[0]);
        };
    System.out.println(UP);
    while (System.in.read() >= 0) {
      // Whoever started this holds the other end, and ends this by ending itself.
    }
    System.out.println("ends without " + server);
    Runtime.getRuntime().halt(0);
  }

  private static SchemaRegistryServer registry(int port, String bootstrap)
      throws InterruptedException {
    SchemaRegistryServer registry = SchemaRegistryServer.start(port, bootstrap);
    if (!registry.awaitReady(Duration.ofSeconds(30))) {
      throw new IllegalStateException(registry.unready());
    }
    return registry;
  }
}
