package io.argos.deploy.services;

import io.argos.config.ArgosConfig;
import io.argos.deploy.process.TopicReader;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.startup.Requirements;
import io.argos.schemas.Column;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Group;
import io.argos.schemas.Metrics;
import io.argos.schemas.Outcome;
import io.argos.schemas.Resource;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.topic.Topics;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads what the topics say, as any consumer can. For one thread. */
final class SeriesReader implements AutoCloseable {
  private final RegistryClient registry;
  private final TopicReader<Resource> resources;
  private final TopicReader<Enrichment> enrichments;
  private final TopicReader<Metrics> metrics;
  private final TopicReader<Outcome> outcomes;

  SeriesReader(ArgosConfig config) {
    Topics topics = new Topics(config.prefix());
    KafkaClients kafka = new KafkaClients(config.kafka(), "reader");
    this.registry = Requirements.registryClient(config.registry());
    this.resources = new TopicReader<>(kafka, registry, topics.resources(), Resource.class);
    this.enrichments = new TopicReader<>(kafka, registry, topics.enrichments(), Enrichment.class);
    this.metrics = new TopicReader<>(kafka, registry, topics.metrics(), Metrics.class);
    this.outcomes = new TopicReader<>(kafka, registry, topics.outcomes(), Outcome.class);
  }

  /** All that has been found until now. */
  Findings findings() {
    Set<String> rows = new HashSet<>();
    latest(enrichments).values().forEach(enrichment -> rows.addAll(rows(enrichment)));
    Set<Series> series = new HashSet<>();
    Set<String> enriched = enriched();
    for (Metrics measured : metrics.values()) {
      // Whether a slot comes before the first enrichment is chance; it only says that it did.
      if (measured.getProfile() == null && enriched.contains(measured.getResourceId())) {
        continue;
      }
      for (Group group : measured.getGroups()) {
        series.addAll(Series.of(measured.getResourceId(), group));
      }
    }
    return new Findings(
        latest(resources).values().stream().map(SeriesReader::text).collect(Collectors.toSet()),
        rows,
        series);
  }

  /** Ids of the resources of which a device is known. */
  Set<String> enriched() {
    return latest(enrichments).values().stream()
        .filter(enrichment -> enrichment.getNamespace().equals("device"))
        .map(Enrichment::getResourceId)
        .collect(Collectors.toSet());
  }

  /** How many polls of each resource have been made into metrics since then. */
  Map<String, Long> polls(Instant since) {
    return metrics.values().stream()
        .filter(measured -> measured.getPart() == 0 && !measured.getStartedAt().isBefore(since))
        .collect(Collectors.groupingBy(Metrics::getResourceId, Collectors.counting()));
  }

  /** What became of the jobs of a stage. */
  List<Outcome> outcomes(String stage) {
    return outcomes.values().stream().filter(outcome -> outcome.getStage().equals(stage)).toList();
  }

  private static <T extends org.apache.avro.specific.SpecificRecord> Map<String, T> latest(
      TopicReader<T> reader) {
    Map<String, T> latest = new TreeMap<>();
    for (TopicReader.Entry<T> entry : reader.all()) {
      entry
          .value()
          .ifPresentOrElse(
              value -> latest.put(entry.key(), value), () -> latest.remove(entry.key()));
    }
    return latest;
  }

  private static String text(Resource resource) {
    return "%s %s/%s/%s %s"
        .formatted(
            resource.getId(),
            resource.getResourceClass(),
            resource.getSubclass(),
            resource.getType(),
            resource.getEndpoint());
  }

  private static Set<String> rows(Enrichment enrichment) {
    Set<String> rows = new HashSet<>();
    rows.add(
        "%s|%s profile=%s"
            .formatted(
                enrichment.getResourceId(), enrichment.getNamespace(), enrichment.getProfile()));
    for (Group group : enrichment.getGroups()) {
      for (int row = 0; row < group.getRowKeys().size(); row++) {
        Map<String, String> values = new TreeMap<>(Series.dimensions(group, row));
        for (Column column : group.getColumns()) {
          if (!column.getAbsent().contains(row)) {
            values.put(column.getName(), value(column, row));
          }
        }
        rows.add(
            "%s|%s %s/%s[%s] %s"
                .formatted(
                    enrichment.getResourceId(),
                    enrichment.getNamespace(),
                    group.getName(),
                    group.getSection(),
                    group.getRowKeys().get(row),
                    values));
      }
    }
    return rows;
  }

  private static String value(Column column, int row) {
    int place = Series.place(row, column.getAbsent());
    if (!column.getStrings().isEmpty()) {
      return column.getStrings().get(place);
    }
    return column.getLongs().isEmpty()
        ? column.getDoubles().get(place).toString()
        : column.getLongs().get(place).toString();
  }

  @Override
  public void close() {
    List.of(resources, enrichments, metrics, outcomes).forEach(TopicReader::close);
    registry.close();
  }
}
