package io.argos.deploy.topic;

import io.argos.schemas.topic.Cleanup;
import io.argos.schemas.topic.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.record.TimestampType;

/**
 * One topic as it must be beside what the broker has.
 *
 * @param spec as it must be
 * @param found as it is; empty when it does not exist
 */
public record TopicState(TopicSpec spec, Optional<Found> found) {

  /** A topic of the broker. */
  public record Found(int partitions, int replicas, Map<String, String> configs) {
    public Found {
      configs = Map.copyOf(configs);
    }
  }

  /** The settings that differ, with the values they must have. */
  public Map<String, String> wrongConfigs() {
    var wrong = new HashMap<String, String>();
    found.ifPresent(topic ->
        configsOf(spec)
            .forEach((name, value) -> {
              if (!value.equals(topic.configs().get(name))) {
                wrong.put(name, value);
              }
            }));
    return wrong;
  }

  /** True when the count of partitions differs, which nothing can mend in place. */
  public boolean wrongPartitions() {
    return found.isPresent() && found.get().partitions() != spec.partitions();
  }

  /** {@code ok}, {@code missing}, or what differs. */
  public String describe() {
    if (found.isEmpty()) {
      return "missing";
    }
    var differences = new ArrayList<String>();
    if (wrongPartitions()) {
      differences.add("has " + found.get().partitions() + " partitions");
    }
    wrongConfigs().keySet().stream()
        .sorted()
        .forEach(name -> differences.add(name + " is " + found.get().configs().get(name)));
    return differences.isEmpty() ? "ok" : String.join(", ", differences);
  }

  /** The settings of a topic in Kafka's words. */
  static Map<String, String> configsOf(TopicSpec spec) {
    var configs = new HashMap<String, String>();
    configs.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        spec.cleanup() == Cleanup.COMPACT
            ? TopicConfig.CLEANUP_POLICY_COMPACT
            : TopicConfig.CLEANUP_POLICY_DELETE);
    spec.retention()
        .map(Duration::toMillis)
        .ifPresent(millis -> configs.put(TopicConfig.RETENTION_MS_CONFIG, millis.toString()));
    if (spec.brokerTime()) {
      configs.put(
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.toString());
    }
    return configs;
  }

  /** Asks the broker about topics. */
  public static List<TopicState> of(Admin admin, List<TopicSpec> specs)
      throws ExecutionException, InterruptedException {
    var names = specs.stream().map(TopicSpec::name).toList();
    var descriptions = new HashMap<String, TopicDescription>();
    for (var asked : admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        descriptions.put(asked.getKey(), asked.getValue().get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    var resources =
        descriptions.keySet().stream()
            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
            .toList();
    var configs = admin.describeConfigs(resources).all().get();
    return specs.stream()
        .map(spec ->
            new TopicState(
                spec,
                Optional.ofNullable(descriptions.get(spec.name()))
                    .map(description ->
                        found(
                            description,
                            configs.get(
                                new ConfigResource(ConfigResource.Type.TOPIC, spec.name()))))))
        .toList();
  }

  private static Found found(
      TopicDescription description, @org.jspecify.annotations.Nullable Config config) {
    var configs = new HashMap<String, String>();
    if (config != null) {
      config.entries().stream()
          .filter(entry -> entry.value() != null)
          .forEach(entry -> configs.put(entry.name(), entry.value()));
    }
    return new Found(
        description.partitions().size(),
        description.partitions().getFirst().replicas().size(),
        configs);
  }
}
