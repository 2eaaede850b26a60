package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ArgosConfig;
import io.argos.config.Suggestion;
import io.argos.deploy.topic.AvroJson;
import io.argos.deploy.topic.Cluster;
import io.argos.deploy.topic.Snapshot;
import io.argos.deploy.topic.TopicTail;
import io.argos.deploy.worker.Workers;
import io.argos.schemas.Checkpoint;
import io.argos.schemas.Directive;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Heartbeat;
import io.argos.schemas.NodeState;
import io.argos.schemas.Request;
import io.argos.schemas.Resource;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.topic.EventHeaders;
import io.argos.schemas.topic.ResourceId;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** What the topics say of the estate right now, and what a person has to say to it. */
final class Estate implements AutoCloseable {
  private final Cluster cluster;
  private final PrintStream warnings;

  private Estate(Cluster cluster, PrintStream warnings) {
    this.cluster = cluster;
    this.warnings = warnings;
  }

  static Estate open(ArgosConfig config, PrintStream warnings) {
    return new Estate(Cluster.open(config), warnings);
  }

  SequencedMap<String, Resource> resources() throws ExecutionException, InterruptedException {
    return read(cluster.names().resources(), Resource.class, Optional.empty());
  }

  SequencedMap<String, NodeState> nodes() throws ExecutionException, InterruptedException {
    return read(cluster.names().nodes(), NodeState.class, Optional.empty());
  }

  /** What persons have directed and not withdrawn, by key. */
  SequencedMap<String, Directive> directives() throws ExecutionException, InterruptedException {
    return read(cluster.names().directives(), Directive.class, Optional.empty());
  }

  /** How far each stage has emitted jobs, by stage. */
  SequencedMap<String, Checkpoint> checkpoints() throws ExecutionException, InterruptedException {
    return read(cluster.names().checkpoints(), Checkpoint.class, Optional.empty());
  }

  /** The zones of the configuration. */
  Set<String> zones() {
    return cluster.zones();
  }

  /** Everyone whose heartbeat is kept. */
  Workers workers() throws ExecutionException, InterruptedException {
    var topic = cluster.names().heartbeats();
    var reader = new RecordReader<>(cluster.registry(), Heartbeat.class);
    var workers = new Workers();
    requireTopic(topic);
    try (var consumer = cluster.consumer()) {
      TopicTail.read(
          consumer,
          new TopicTail.Request(topic, Optional.empty(), false, true, false, OptionalLong.empty()),
          record -> {
            if (record.value() != null
                && reader.read(record.value()) instanceof Decoded.Value<Heartbeat>(var heartbeat)) {
              workers.heard(heartbeat, Instant.ofEpochMilli(record.timestamp()));
            }
            return true;
          },
          () -> {});
    }
    return workers;
  }

  /** The brokers and the registry themselves. */
  Cluster cluster() {
    return cluster;
  }

  /** Resource, node state and enrichments of one resource in one document. */
  ObjectNode show(String name, Output.Format format)
      throws ExecutionException, InterruptedException {
    var resources = resources();
    var nodes = nodes();
    var known = new java.util.TreeSet<>(resources.keySet());
    known.addAll(nodes.keySet());
    var id = resolve(name, known);
    var document = JsonNodeFactory.instance.objectNode();
    document.put("id", id);
    add(document, "resource", resources.get(id));
    add(document, "node", nodes.get(id));
    var all = document.putObject("enrichments");
    read(cluster.names().enrichments(), Enrichment.class, Optional.of(id))
        .forEach((key, enrichment) ->
            all.set(key.substring(key.indexOf('|') + 1), enrichment(enrichment, format)));
    return document;
  }

  /** Writes what a person directs; returns when the brokers have it. */
  void direct(Directive directive) throws ExecutionException, InterruptedException {
    String topic = cluster.names().directives();
    write(
        topic,
        directive.getResourceId() + '|' + directive.getId(),
        new RecordWriter<>(cluster.registry(), topic, Directive.class).write(directive),
        headers ->
            EventHeaders.set(
                headers, directive.getId(), "io.argos.Directive", "argos-cli", directive.getAt()));
  }

  /** Asks the leader of a stage for a job; returns when the brokers have it. */
  void ask(Request request) throws ExecutionException, InterruptedException {
    String topic = cluster.names().requests();
    write(
        topic,
        request.getResourceId(),
        new RecordWriter<>(cluster.registry(), topic, Request.class).write(request),
        headers ->
            EventHeaders.set(
                headers, request.getRequestId(), "io.argos.Request", "argos-cli", request.getAt()));
  }

  private void write(String topic, String key, byte[] value, Consumer<Headers> headers)
      throws ExecutionException, InterruptedException {
    requireTopic(topic);
    var record = new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
    headers.accept(record.headers());
    try (var producer = cluster.producer()) {
      producer.send(record).get();
    }
  }

  private static void add(
      ObjectNode document, String name, @org.jspecify.annotations.Nullable SpecificRecord record) {
    document.set(name, record == null ? JsonNodeFactory.instance.nullNode() : AvroJson.of(record));
  }

  /** A person gets the tables' sizes, a program the tables. */
  private static ObjectNode enrichment(Enrichment enrichment, Output.Format format) {
    var node = AvroJson.of(enrichment);
    if (format == Output.Format.TABLE) {
      var groups = node.remove("groups");
      groups.forEach(group ->
          node.put("group " + group.path("name").asText(), group.path("rowKeys").size() + " rows"));
    }
    return node;
  }

  /** The id itself, or a name that only one site has. */
  static String resolve(String name, Collection<String> known) {
    if (known.contains(name)) {
      return name;
    }
    var named = known.stream().filter(id -> ResourceId.nameOf(id).equals(name)).toList();
    if (named.size() == 1) {
      return named.getFirst();
    }
    if (named.size() > 1) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND, "'" + name + "' is in several sites: " + String.join(", ", named));
    }
    var near = near(name, known);
    throw new CommandFailure(
        ExitCode.NOT_FOUND,
        "there is no resource '"
            + name
            + "'"
            + (near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?"));
  }

  private static List<String> near(String name, Collection<String> known) {
    var folded = name.toLowerCase(Locale.ROOT);
    var containing =
        known.stream().filter(id -> id.toLowerCase(Locale.ROOT).contains(folded)).limit(5).toList();
    if (!containing.isEmpty()) {
      return containing;
    }
    return Suggestion.nearest(name, known)
        .or(() ->
            Suggestion.nearest(name, known.stream().map(ResourceId::nameOf).toList())
                .flatMap(near ->
                    known.stream().filter(id -> ResourceId.nameOf(id).equals(near)).findFirst()))
        .stream()
        .toList();
  }

  private <T extends SpecificRecord> SequencedMap<String, T> read(
      String topic, Class<T> type, Optional<String> key)
      throws ExecutionException, InterruptedException {
    requireTopic(topic);
    try (var consumer = cluster.consumer()) {
      var snapshot = Snapshot.read(consumer, cluster.registry(), topic, type, key);
      snapshot
          .unreadable()
          .forEach((name, reason) -> warnings.println(topic + ", " + name + ": " + reason));
      return snapshot.records();
    }
  }

  private void requireTopic(String topic) throws ExecutionException, InterruptedException {
    try (var admin = cluster.admin()) {
      if (!admin.listTopics().names().get().contains(topic)) {
        throw new CommandFailure(
            ExitCode.NOT_FOUND, "there is no topic " + topic + "; run argos topics ensure");
      }
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
