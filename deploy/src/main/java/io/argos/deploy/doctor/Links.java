package io.argos.deploy.doctor;

import io.argos.config.ArgosConfig;
import io.argos.deploy.topic.Cluster;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.startup.Requirements;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.topic.TopicSpec;
import io.argos.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;

/** How checks reach the servers: each with clients of its own, which answer within its patience. */
final class Links implements AutoCloseable {
  private static final Map<String, Object> HASTY =
      Map.of("default.api.timeout.ms", 4_000, "request.timeout.ms", 3_000);

  private final ArgosConfig config;
  private final KafkaClients kafka;
  private final RegistryClient registry;

  Links(ArgosConfig config) {
    this.config = config;
    this.kafka = new KafkaClients(config.kafka(), "argos-doctor");
    this.registry = Requirements.registryClient(config.registry());
  }

  ArgosConfig config() {
    return config;
  }

  Topics topics() {
    return new Topics(config.prefix());
  }

  List<TopicSpec> specs() {
    return Cluster.specs(config);
  }

  Set<String> zones() {
    Set<String> zones = new TreeSet<>(config.zones().keySet());
    zones.add("main");
    return zones;
  }

  String bootstrap() {
    return kafka.bootstrap();
  }

  Admin admin() {
    return kafka.admin(HASTY);
  }

  Consumer<byte[], byte[]> consumer() {
    return kafka.consumer(HASTY);
  }

  RegistryClient registry() {
    return registry;
  }

  @Override
  public void close() {
    registry.close();
  }
}
