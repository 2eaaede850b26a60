package io.argos.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ArgosConfig;
import io.argos.config.Suggestion;
import io.argos.deploy.topic.AvroJson;
import io.argos.deploy.topic.Cluster;
import io.argos.deploy.topic.Snapshot;
import io.argos.schemas.Directive;
import io.argos.schemas.Enrichment;
import io.argos.schemas.NodeState;
import io.argos.schemas.Resource;
import io.argos.schemas.serde.RecordWriter;
import io.argos.schemas.topic.EventHeaders;
import io.argos.schemas.topic.ResourceId;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

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
    byte[] value = new RecordWriter<>(cluster.registry(), topic, Directive.class).write(directive);
    String key = directive.getResourceId() + '|' + directive.getId();
    var record = new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
    EventHeaders.set(
        record.headers(), directive.getId(), "io.argos.Directive", "argos-cli", directive.getAt());
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
    try (var admin = cluster.admin();
        var consumer = cluster.consumer()) {
      if (!admin.listTopics().names().get().contains(topic)) {
        throw new CommandFailure(
            ExitCode.NOT_FOUND, "there is no topic " + topic + "; run argos topics ensure");
      }
      var snapshot = Snapshot.read(consumer, cluster.registry(), topic, type, key);
      snapshot
          .unreadable()
          .forEach((name, reason) -> warnings.println(topic + ", " + name + ": " + reason));
      return snapshot.records();
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
