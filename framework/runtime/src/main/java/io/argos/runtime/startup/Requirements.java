package io.argos.runtime.startup;

import io.argos.config.RegistryConfig;
import io.argos.config.Sensitive;
import io.argos.config.ZooKeeperConfig;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.secret.RedisSecrets;
import io.argos.runtime.tls.PemContext;
import io.argos.runtime.zookeeper.ZooKeeperClient;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.topic.TopicSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** The requirements of our services. */
public final class Requirements {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private Requirements() {}

  /** Kafka answers. */
  public static Requirement kafka(KafkaClients clients) {
    return new KafkaReachable(clients);
  }

  /** The topics are there, with their partitions. */
  public static Requirement topics(KafkaClients clients, List<TopicSpec> topics) {
    return new TopicsPresent(clients, topics);
  }

  /** The schemas of the topics are registered. */
  public static Requirement schemas(RegistryClient registry, List<TopicSpec> topics) {
    return new SchemasRegistered(registry, topics);
  }

  /** Kafka answers a client that is there already, and that the caller closes. */
  public static Requirement kafka(KafkaClients clients, Admin admin) {
    return requirement(
        "kafka",
        clients.bootstrap(),
        () -> {
          Optional<String> closed = unreachable(clients.config().bootstrapServers());
          return closed.isPresent() ? closed : KafkaReachable.described(admin);
        });
  }

  /** A client of ZooKeeper is connected. */
  public static Requirement zookeeper(ZooKeeperClient client, String place) {
    return requirement(
        "zookeeper",
        place,
        () ->
            client.connected()
                ? Optional.empty()
                : Optional.of("unreachable: nobody can be elected to lead meanwhile"));
  }

  /** ZooKeeper answers and gives a session, and the path of the connect string is there. */
  public static Requirement zookeeper(ZooKeeperConfig config) {
    int slash = config.connect().indexOf('/');
    String hosts = slash < 0 ? config.connect() : config.connect().substring(0, slash);
    String path = slash < 0 ? "/" : config.connect().substring(slash);
    List<String> servers = List.of(hosts.split(",", -1));
    // Below a path that does not exist a client has a session and can do nothing with it.
    ZooKeeperConfig root =
        new ZooKeeperConfig(
            hosts,
            config.sessionTimeout(),
            config.connectionTimeout(),
            config.tls(),
            config.user(),
            config.password());
    return requirement(
        "zookeeper",
        config.connect(),
        () -> {
          // A client would log each attempt: it is made when a port is open.
          Optional<String> closed = unreachable(servers);
          if (closed.isPresent()) {
            return closed;
          }
          try (var client = ZooKeeperClient.start(root)) {
            return client.awaitConnected(config.connectionTimeout())
                ? client.makePath(path)
                : Optional.of("unreachable: no session within " + config.connectionTimeout());
          }
        });
  }

  /** Redis answers. */
  public static Requirement redis(RedisSecrets secrets) {
    return requirement(
        "redis", secrets.address(), () -> secrets.unreachable().map(why -> "unreachable: " + why));
  }

  /** The schema registry answers. */
  public static Requirement registry(RegistryConfig config, RegistryClient client) {
    return requirement(
        "registry",
        config.url().toString(),
        () -> {
          try {
            client.subjects();
            return Optional.empty();
          } catch (SchemaException e) {
            return Optional.of("unreachable: " + e.getMessage());
          }
        });
  }

  /** How the schema registry is reached, from configuration. */
  public static RegistryClient registryClient(RegistryConfig config) {
    return new RegistryClient(
        new RegistryClient.Access(
            config.url(),
            PemContext.of(config.tls(), "registry"),
            config.user().map(user -> user + ":" + Sensitive.reveal(config.password()).orElse("")),
            config.timeout()));
  }

  /** Why none of the servers takes a connection; nothing when one does. */
  static Optional<String> unreachable(List<String> servers) {
    String last = "no server is configured";
    for (String server : servers) {
      int colon = server.lastIndexOf(':');
      try (var socket = new Socket()) {
        String host = server.substring(0, Math.max(colon, 0)).strip().replaceAll("[\\[\\]]", "");
        int port = Integer.parseInt(server.substring(colon + 1).strip());
        socket.connect(new InetSocketAddress(host, port), Math.toIntExact(CONNECT.toMillis()));
        return Optional.empty();
      } catch (IOException | RuntimeException e) {
        last = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      }
    }
    return Optional.of("unreachable: " + last);
  }

  private interface Look {
    Optional<String> missing() throws InterruptedException;
  }

  private static Requirement requirement(String name, String place, Look look) {
    return new Requirement() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String place() {
        return place;
      }

      @Override
      public Optional<String> missing() throws InterruptedException {
        return look.missing();
      }
    };
  }
}
