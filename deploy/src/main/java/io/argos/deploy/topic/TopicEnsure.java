package io.argos.deploy.topic;

import io.argos.config.Durations;
import io.argos.runtime.kafka.NewTopics;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.serde.SchemaException;
import io.argos.schemas.serde.SchemaIds;
import io.argos.schemas.topic.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes the topics and registers their schemas: the only thing that does. Safe to run again, and by
 * two at once. A topic with another count of partitions is left alone, since keys would move.
 */
public final class TopicEnsure {
  /** What was done, or would be, about one topic or subject. */
  public record Step(String name, Action action, String detail) {}

  /** What was done. */
  public enum Action {
    UNCHANGED,
    CREATED,
    CHANGED,
    REGISTERED,
    /** It cannot be mended in place. */
    REFUSED
  }

  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(15);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Admin admin;
  private final RegistryClient registry;
  private final short replication;

  /**
   * @param replication replicas of a new topic; -1 for the broker's default
   */
  public TopicEnsure(Admin admin, RegistryClient registry, short replication) {
    this.admin = admin;
    this.registry = registry;
    this.replication = replication;
  }

  /** What {@link #run} would do, without doing it. */
  public List<Step> plan(List<TopicSpec> specs) throws ExecutionException, InterruptedException {
    var steps = new ArrayList<Step>();
    for (var state : TopicState.of(admin, specs)) {
      steps.add(plan(state));
    }
    var subjects = registry.subjects();
    for (var spec : specs) {
      schemaOf(spec)
          .map(schema -> plan(SchemaIds.subjectOf(spec.name()), schema, subjects))
          .ifPresent(steps::add);
    }
    return steps;
  }

  /** Brings topics, then schemas, to what the table says. */
  public List<Step> run(List<TopicSpec> specs) throws ExecutionException, InterruptedException {
    // A registry out of reach is found before a topic is made.
    registry.subjects();
    var states = TopicState.of(admin, specs);
    List<NewTopic> made = create(states);
    change(states);
    awaitVisible(specs);
    NewTopics.awaitServed(admin, made);
    var steps = new ArrayList<>(states.stream().map(TopicEnsure::plan).toList());
    var subjects = registry.subjects();
    for (var spec : specs) {
      var schema = schemaOf(spec);
      if (schema.isPresent()) {
        steps.add(register(SchemaIds.subjectOf(spec.name()), schema.get(), subjects));
      }
    }
    return steps;
  }

  private static Step plan(TopicState state) {
    var spec = state.spec();
    if (state.found().isEmpty()) {
      return new Step(
          spec.name(), Action.CREATED, spec.partitions() + " partitions, " + settings(state));
    }
    if (state.wrongPartitions()) {
      return new Step(
          spec.name(),
          Action.REFUSED,
          "it has %d partitions, not %d; keys would move, so make it anew or set topics.partitions"
              .formatted(state.found().get().partitions(), spec.partitions()));
    }
    return state.wrongConfigs().isEmpty()
        ? new Step(spec.name(), Action.UNCHANGED, "")
        : new Step(spec.name(), Action.CHANGED, settings(state.wrongConfigs()));
  }

  private static String settings(TopicState state) {
    return settings(TopicState.configsOf(state.spec()));
  }

  private static String settings(java.util.Map<String, String> configs) {
    return String.join(
        ", ",
        configs.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).sorted().toList());
  }

  private List<NewTopic> create(List<TopicState> states)
      throws ExecutionException, InterruptedException {
    var missing =
        states.stream()
            .filter(state -> state.found().isEmpty())
            .map(state ->
                new NewTopic(
                        state.spec().name(),
                        Optional.of(state.spec().partitions()),
                        replication < 0 ? Optional.empty() : Optional.of(replication))
                    .configs(TopicState.configsOf(state.spec())))
            .toList();
    for (var made : admin.createTopics(missing).values().values()) {
      try {
        made.get();
      } catch (ExecutionException e) {
        // Another who ensures at the same time was faster.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    return missing;
  }

  /**
   * The controller has agreed, but a broker learns of it a moment later: whoever acts on the end of
   * this must not meet a topic that is missing.
   */
  private void awaitVisible(List<TopicSpec> specs) throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
    while (TopicState.of(admin, specs).stream()
        .anyMatch(state -> state.found().isEmpty() || !state.wrongConfigs().isEmpty())) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException(
            "the brokers do not show the topics as made within "
                + Durations.format(VISIBLE_WITHIN));
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private void change(List<TopicState> states) throws ExecutionException, InterruptedException {
    var changes = new java.util.HashMap<ConfigResource, java.util.Collection<AlterConfigOp>>();
    for (var state : states) {
      if (!state.wrongConfigs().isEmpty()) {
        changes.put(
            new ConfigResource(ConfigResource.Type.TOPIC, state.spec().name()),
            state.wrongConfigs().entrySet().stream()
                .map(config ->
                    new AlterConfigOp(
                        new ConfigEntry(config.getKey(), config.getValue()),
                        AlterConfigOp.OpType.SET))
                .toList());
      }
    }
    admin.incrementalAlterConfigs(changes).all().get();
  }

  private static Optional<Schema> schemaOf(TopicSpec spec) {
    return spec.record().map(type -> SpecificData.getForClass(type).getSchema(type));
  }

  private Step plan(String subject, Schema schema, List<String> subjects) {
    return registered(subject, schema, subjects)
        ? new Step(subject, Action.UNCHANGED, "")
        : new Step(subject, Action.REGISTERED, schema.getFullName());
  }

  private Step register(String subject, Schema schema, List<String> subjects) {
    if (registered(subject, schema, subjects)) {
      return new Step(subject, Action.UNCHANGED, "");
    }
    try {
      return new Step(
          subject,
          Action.REGISTERED,
          schema.getFullName() + " has id " + registry.register(subject, schema));
    } catch (SchemaException e) {
      if (e.reason() == SchemaException.Reason.INCOMPATIBLE) {
        return new Step(subject, Action.REFUSED, String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private boolean registered(String subject, Schema schema, List<String> subjects) {
    if (!subjects.contains(subject)) {
      return false;
    }
    try {
      registry.idOf(subject, schema);
      return true;
    } catch (SchemaException e) {
      if (e.reason() == SchemaException.Reason.UNKNOWN) {
        return false;
      }
      throw e;
    }
  }
}
