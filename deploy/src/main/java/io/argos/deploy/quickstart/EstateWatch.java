package io.argos.deploy.quickstart;

import io.argos.config.ArgosConfig;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.startup.Requirements;
import io.argos.runtime.table.CompactedTable;
import io.argos.runtime.table.TableEntry;
import io.argos.schemas.Column;
import io.argos.schemas.Derived;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Group;
import io.argos.schemas.Metrics;
import io.argos.schemas.NodeState;
import io.argos.schemas.Reachability;
import io.argos.schemas.Resource;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the topics say of the estate, kept up to date: the same that any consumer can read. */
public final class EstateWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EstateWatch.class);
  private static final String DEVICE = "|device";
  private static final String INTERFACE = "|interface";

  /** One line of the table of devices. */
  public record Device(
      String id, String state, String profile, int interfaces, double bitsIn, double bitsOut) {}

  private final RegistryClient registry;
  private final List<CompactedTable<?>> tables = new ArrayList<>();
  private final CompactedTable<Resource> resources;
  private final CompactedTable<Enrichment> enrichments;
  private final CompactedTable<NodeState> nodes;
  private final CompactedTable<Metrics> metrics;

  /** Watches from now on. */
  public EstateWatch(ArgosConfig config) {
    Topics topics = new Topics(config.prefix());
    KafkaClients kafka = new KafkaClients(config.kafka(), "quickstart");
    this.registry = Requirements.registryClient(config.registry());
    this.resources = table(kafka, topics.resources(), Resource.class);
    this.enrichments = table(kafka, topics.enrichments(), Enrichment.class);
    this.nodes = table(kafka, topics.nodes(), NodeState.class);
    // Not a compacted topic, but what counts here is the latest of each resource as well.
    this.metrics = table(kafka, topics.metrics(), Metrics.class);
  }

  private <T extends SpecificRecord> CompactedTable<T> table(
      KafkaClients kafka, String topic, Class<T> type) {
    CompactedTable<T> table =
        new CompactedTable<>(
            topic,
            "quickstart",
            kafka::consumer,
            new RecordReader<>(registry, type),
            (record, reason) -> log.warn("unreadable record topic={} reason={}", topic, reason));
    table.assignAll();
    table.start();
    tables.add(table);
    return table;
  }

  /** Ids of the resources that exist. */
  public Set<String> discovered() {
    return resources.scan("").stream()
        .map(TableEntry::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Ids of the resources whose device is known. */
  public Set<String> enriched() {
    return enrichments.scan("").stream()
        .map(TableEntry::key)
        .filter(key -> key.endsWith(DEVICE))
        .map(key -> key.substring(0, key.length() - DEVICE.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Ids of the nodes in a state. */
  public Set<String> in(Reachability state) {
    return nodes.scan("").stream()
        .filter(entry -> entry.value().getReachability() == state)
        .map(TableEntry::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Ids of the resources of which at least one rate is known. */
  public Set<String> rated() {
    return metrics.scan("").stream()
        .filter(entry -> entry.value().getGroups().stream().anyMatch(EstateWatch::hasRate))
        .map(TableEntry::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean hasRate(Group group) {
    return group.getColumns().stream()
        .anyMatch(column -> column.getDerived() == Derived.RATE && !column.getDoubles().isEmpty());
  }

  /** Every device with what is known of it, in the order of their ids. */
  public List<Device> devices() {
    return discovered().stream().map(this::device).toList();
  }

  private Device device(String id) {
    String state =
        nodes
            .find(id)
            .map(node -> node.getReachability().name())
            .orElse(Reachability.PENDING.name());
    String profile =
        enrichments
            .find(id + DEVICE)
            .map(Enrichment::getProfile)
            .flatMap(Optional::ofNullable)
            .orElse("-");
    int interfaces =
        enrichments
            .find(id + INTERFACE)
            .map(enrichment ->
                enrichment.getGroups().stream().mapToInt(group -> group.getRowKeys().size()).sum())
            .orElse(0);
    Optional<Metrics> latest = metrics.find(id);
    return new Device(
        id, state, profile, interfaces, sum(latest, "bits_in"), sum(latest, "bits_out"));
  }

  private static double sum(Optional<Metrics> metrics, String name) {
    double sum = 0;
    for (Group group : metrics.map(Metrics::getGroups).orElse(List.of())) {
      for (Column column : group.getColumns()) {
        if (column.getDerived() == Derived.RATE && column.getName().equals(name)) {
          sum += column.getDoubles().stream().mapToDouble(Double::doubleValue).sum();
        }
      }
    }
    return sum;
  }

  @Override
  public void close() {
    tables.forEach(CompactedTable::close);
    registry.close();
  }
}
