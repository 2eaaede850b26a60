package io.argos.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

/** Keeps docs/topics.md true; {@code -Dargos.regenerate=true} writes it anew. */
class TopicsPageTest {
  private static final Path PAGE = Path.of("../docs/topics.md");

  private final List<TopicSpec> specs = new Topics("argos").specs(48, Set.of("main"));

  @Test
  void thePageShowsTheTableOfTopics() throws IOException {
    String page = page();
    if (Boolean.getBoolean("argos.regenerate")) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void everyTopicHasADeadLetterTopicAndAName() {
    Set<String> names = new HashSet<>();
    for (TopicSpec spec : specs) {
      assertThat(names.add(spec.name())).as(spec.name()).isTrue();
    }

    assertThat(specs)
        .filteredOn(spec -> spec.record().isPresent())
        .allSatisfy(spec -> assertThat(names).contains(Topics.deadLetters(spec.name())));
  }

  @Test
  void theBrokerDatesWhatTakeoversClocksAndDeadlinesAreJudgedBy() {
    assertThat(specs)
        .filteredOn(TopicSpec::brokerTime)
        .extracting(TopicSpec::name)
        .containsExactlyInAnyOrder(
            "argos.jobs.discovery.main.v1",
            "argos.jobs.enrichment.main.v1",
            "argos.jobs.polling.main.v1",
            "argos.epochs.v1",
            "argos.heartbeats.v1",
            "argos.discoveries.v1",
            "argos.outcomes.v1",
            "argos.polls.v1",
            "argos.check-results.v1",
            "argos.reports.v1",
            "argos.directives.v1",
            "argos.ticks.v1");
  }

  private String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Topics and records

            This page is generated from the table of topics and the schemas in `schemas/`; do not edit it.

            Names take the configured prefix, `argos` here, and a version. R is `topics.partitions`: one value
            for all topics marked R, so that everything about a resource has the same partition number. The
            partition of a key is murmur2 of the key up to its first `|`, modulo the count of partitions.
            Values are Avro in Confluent's wire format; headers are those of CloudEvents (`ce_id`, `ce_type`,
            `ce_source`, `ce_time`) and `traceparent`. Each topic has a topic of dead letters, `<topic>.dlq`
            (1 partition, 14 days), that keeps key and value of what could not be read, with the headers
            `argos-dlq-topic`, `-partition`, `-offset`, `-reader` and `-reason`.

            | topic | key | partitions | kept | record | written by | what it holds |
            |---|---|---|---|---|---|---|
            """);
    for (TopicSpec spec : specs) {
      spec.record()
          .ifPresent(type ->
              page.append(
                  "| %s | %s | %s | %s | [%s](#%s) | %s | %s |%n"
                      .formatted(
                          spec.name(),
                          spec.key().replace("|", "\\|"),
                          spec.partitions() == 1 ? "1" : "R",
                          kept(spec),
                          type.getSimpleName(),
                          type.getSimpleName().toLowerCase(java.util.Locale.ROOT),
                          spec.writer(),
                          spec.doc())));
    }
    page.append("\n## Records\n");
    Set<String> seen = new HashSet<>();
    for (TopicSpec spec : specs) {
      spec.record().ifPresent(type -> describe(SpecificData.get().getSchema(type), page, seen));
    }
    return page.toString();
  }

  private static String kept(TopicSpec spec) {
    return spec.retention()
        .map(retention ->
            retention.toDays() > 0 ? retention.toDays() + " d" : retention.toHours() + " h")
        .orElse("latest of each key");
  }

  private static void describe(Schema schema, StringBuilder page, Set<String> seen) {
    switch (schema.getType()) {
      case RECORD -> {
        if (!seen.add(schema.getFullName())) {
          return;
        }
        page.append(
            "\n### %s%n%n%s%n%n| field | type | meaning |%n|---|---|---|%n"
                .formatted(schema.getName(), schema.getDoc()));
        for (Schema.Field field : schema.getFields()) {
          page.append(
              "| %s | %s | %s |%n".formatted(field.name(), typeOf(field.schema()), field.doc()));
        }
        schema.getFields().forEach(field -> describe(field.schema(), page, seen));
      }
      case UNION -> schema.getTypes().forEach(type -> describe(type, page, seen));
      case ARRAY -> describe(schema.getElementType(), page, seen);
      case MAP -> describe(schema.getValueType(), page, seen);
      default -> {
        // Primitive types and enumerations are told where they are used.
      }
    }
  }

  private static String typeOf(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> schema.getName();
      case ENUM -> String.join(", ", schema.getEnumSymbols());
      case UNION -> typeOf(schema.getTypes().getLast()) + ", or null";
      case ARRAY -> "list of " + typeOf(schema.getElementType());
      case MAP -> "map of " + typeOf(schema.getValueType());
      case LONG -> schema.getLogicalType() == null ? "long" : schema.getLogicalType().getName();
      default -> schema.getType().getName();
    };
  }
}
