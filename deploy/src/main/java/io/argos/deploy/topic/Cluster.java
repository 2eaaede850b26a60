package io.argos.deploy.topic;

import io.argos.config.ArgosConfig;
import io.argos.deploy.command.CommandFailure;
import io.argos.deploy.command.ExitCode;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.stage.StageLinks;
import io.argos.runtime.startup.Requirements;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.topic.TopicSpec;
import io.argos.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Kafka and the registry as a short command uses them: time-outs fit for a person who waits.
 * Opening one fails with {@link ExitCode#UNREACHABLE} when no broker accepts a connection.
 */
public final class Cluster implements AutoCloseable {
  private static final int CONNECT_MILLIS = 3_000;
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final ArgosConfig config;
  private final KafkaClients clients;
  private final RegistryClient registry;

  private Cluster(ArgosConfig config) {
    this.config = config;
    this.clients = new KafkaClients(config.kafka(), "argos-cli");
    this.registry = Requirements.registryClient(config.registry());
  }

  /** Checks that a broker is there, since the Kafka clients would ask for a minute in silence. */
  public static Cluster open(ArgosConfig config) {
    var failures = new ArrayList<String>();
    for (var server : config.kafka().bootstrapServers()) {
      int colon = server.lastIndexOf(':');
      var host = server.substring(0, colon).replace("[", "").replace("]", "");
      try (var socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1))),
            CONNECT_MILLIS);
        return new Cluster(config);
      } catch (IOException e) {
        failures.add(server + " (" + e.getMessage() + ")");
      }
    }
    throw new CommandFailure(
        ExitCode.UNREACHABLE, "Kafka is out of reach: " + String.join(", ", failures));
  }

  /** Names of the topics. */
  public Topics names() {
    return new Topics(config.prefix());
  }

  /** The zones of this configuration. */
  public Set<String> zones() {
    return StageLinks.zonesOf(config);
  }

  /** The topics that must exist under this configuration. */
  public List<TopicSpec> specs() {
    return specs(config);
  }

  /** The topics that must exist under a configuration. */
  public static List<TopicSpec> specs(ArgosConfig config) {
    return StageLinks.specs(config);
  }

  /** The schema registry. */
  public RegistryClient registry() {
    return registry;
  }

  /** An administrative client; the caller closes it. */
  public Admin admin() {
    return clients.admin(
        Map.of(
            "default.api.timeout.ms",
            (int) ANSWER.toMillis(),
            "request.timeout.ms",
            (int) ANSWER.toMillis() / 2));
  }

  /** A consumer without a group; the caller closes it. */
  public Consumer<byte[], byte[]> consumer() {
    return clients.consumer(
        Map.of(
            "default.api.timeout.ms",
            (int) ANSWER.toMillis(),
            "request.timeout.ms",
            (int) ANSWER.toMillis() / 2));
  }

  /** A producer; the caller closes it. */
  public Producer<byte[], byte[]> producer() {
    return clients.producer(
        Map.of(
            "delivery.timeout.ms",
            (int) ANSWER.toMillis(),
            "max.block.ms",
            (int) ANSWER.toMillis(),
            "request.timeout.ms",
            (int) ANSWER.toMillis() / 2));
  }

  @Override
  public void close() {
    registry.close();
  }
}
