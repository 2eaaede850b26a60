package io.argos.manager.stream;

import io.argos.config.StreamsConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/** The settings of Kafka Streams under which every topology is built and run. */
public final class TopologySettings {
  /** Version of the topologies: a change of an entry's layout or of a store's name raises it. */
  private static final String VERSION = "v1";

  private TopologySettings() {}

  /** Application id of a topology, from which its group and internal topics are named. */
  public static String applicationId(String prefix, String topology) {
    return prefix + '-' + topology + '-' + VERSION;
  }

  /**
   * Properties of one application.
   *
   * @param applicationId its id
   * @param clients properties of every Kafka client: servers, security and what was passed on
   * @param config settings of the topologies
   * @param sessionMillis how long an instance may be silent before its tasks go to others
   * @param replication replicas of internal topics; -1 takes the broker's default
   * @param data folder for state
   */
  public static Map<String, Object> properties(
      String applicationId,
      Map<String, Object> clients,
      StreamsConfig config,
      int sessionMillis,
      short replication,
      Path data) {
    Map<String, Object> properties = new HashMap<>(clients);
    put(properties, "application.id", applicationId);
    put(properties, "state.dir", data.resolve("streams").toString());
    put(properties, "processing.guarantee", "exactly_once_v2");
    put(properties, "group.protocol", "classic");
    put(properties, "num.stream.threads", config.threads());
    put(properties, "num.standby.replicas", config.standbys());
    put(properties, "commit.interval.ms", config.commitInterval().toMillis());
    put(properties, "replication.factor", (int) replication);
    put(properties, "ensure.explicit.internal.resource.naming", true);
    // Stores are read and written once a record: a cache would only hold their contents twice.
    put(properties, "statestore.cache.max.bytes", 0);
    put(properties, "enable.metrics.push", false);
    put(properties, "processing.exception.handler.global.enabled", true);
    put(
        properties,
        org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix(
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        sessionMillis);
    put(
        properties,
        org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix(
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        Math.max(1, sessionMillis / 3));
    put(
        properties,
        org.apache.kafka.streams.StreamsConfig.consumerPrefix(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
        "earliest");
    put(
        properties,
        org.apache.kafka.streams.StreamsConfig.producerPrefix(
            ProducerConfig.COMPRESSION_TYPE_CONFIG),
        "lz4");
    return properties;
  }

  private static void put(Map<String, Object> properties, String name, Object value) {
    properties.put(name, value);
  }

  /**
   * Builds a topology under its settings. The check for names that are not explicit works only on a
   * builder that is given them.
   */
  public static Topology build(Map<String, Object> properties, Consumer<StreamsBuilder> wiring) {
    org.apache.kafka.streams.StreamsConfig settings =
        new org.apache.kafka.streams.StreamsConfig(properties);
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(settings));
    wiring.accept(builder);
    return builder.build();
  }
}
