package io.argos.enrichment.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.argos.runtime.table.CompactedTable;
import io.argos.runtime.table.TableEntry;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnrichmentRemovalTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration TTL = Duration.ofHours(1);

  private final LocalSchemas schemas = new LocalSchemas();
  private final List<String> deletions = new ArrayList<>();
  private final AtomicBoolean leads = new AtomicBoolean(true);
  private final EnrichmentLives lives = new EnrichmentLives();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void deletesWhatIsOrphanedOrForgottenAndHoldsNoBytesForThat() throws InterruptedException {
    CompactedTable<Resource> resources = resources("s/a", "s/b");
    CompactedTable<Enrichment> enrichments =
        enrichments(
            enrichment("s/a", "device", NOW.minus(TTL.multipliedBy(9))),
            enrichment("s/b", "device", NOW.minus(TTL.multipliedBy(11))),
            enrichment("s/b", "interface", NOW),
            enrichment("s/removed", "device", NOW));
    EnrichmentRemoval removal = removal(resources, enrichments);

    int deleted = removal.sweep();

    assertThat(deleted).isEqualTo(2);
    assertThat(deletions).containsExactlyInAnyOrder("s/b|device", "s/removed|device");
    assertThat(enrichments.size()).isZero();
    assertThat(lives.size()).isEqualTo(4);
  }

  @Test
  void keepsAnEnrichmentThatIsRenewedDuringTheSweep() throws InterruptedException {
    Instant longAgo = NOW.minus(TTL.multipliedBy(11));
    CompactedTable<Enrichment> enrichments =
        enrichments(enrichment("s/a", "device", longAgo), enrichment("s/b", "device", longAgo));
    EnrichmentRemoval removal =
        removal(
            resources("s/a", "s/b"),
            enrichments,
            key -> {
              String other = key.startsWith("s/a") ? "s/b" : "s/a";
              lives.changed(
                  other + "|device",
                  Optional.empty(),
                  Optional.of(enrichment(other, "device", NOW)),
                  place());
            });

    assertThat(removal.sweep()).isEqualTo(1);

    assertThat(deletions).hasSize(1);
  }

  @Test
  void deletesNothingWhileAnotherLeads() throws InterruptedException {
    EnrichmentRemoval removal =
        removal(resources("s/a"), enrichments(enrichment("s/removed", "device", NOW)));
    leads.set(false);

    assertThat(removal.sweep()).isZero();

    assertThat(deletions).isEmpty();
  }

  @Test
  void forgetsAnEnrichmentThatWasDeletedAndThoseOfAPartitionThatIsGone() {
    Optional<Enrichment> present = Optional.of(enrichment("s/a", "device", NOW));
    lives.changed("s/a|device", Optional.empty(), present, new TableEntry.Place(0, 1, 0));
    lives.changed("s/a|device#1", Optional.empty(), present, new TableEntry.Place(0, 2, 0));
    lives.changed("s/b|device", Optional.empty(), present, new TableEntry.Place(1, 1, 0));

    lives.changed("s/a|device#1", Optional.empty(), Optional.empty(), place());
    assertThat(lives.size()).isEqualTo(2);
    lives.dropped(0);

    assertThat(lives.size()).isEqualTo(1);
    assertThat(EnrichmentLives.resourceOf("s/b|device#1")).isEqualTo("s/b");
  }

  private static TableEntry.Place place() {
    return new TableEntry.Place(0, 3, 0);
  }

  private EnrichmentRemoval removal(
      CompactedTable<Resource> resources, CompactedTable<Enrichment> enrichments) {
    return removal(resources, enrichments, _ -> {});
  }

  private EnrichmentRemoval removal(
      CompactedTable<Resource> resources,
      CompactedTable<Enrichment> enrichments,
      Consumer<String> meanwhile) {
    return new EnrichmentRemoval(
        resources,
        enrichments,
        lives,
        (key, _, _) -> {
          deletions.add(key);
          meanwhile.accept(key);
          return CompletableFuture.completedFuture(null);
        },
        () -> NOW,
        leads::get);
  }

  private CompactedTable<Resource> resources(String... ids) throws InterruptedException {
    RecordWriter<Resource> writer = new RecordWriter<>(schemas, "resources", Resource.class);
    List<byte[]> rows = new ArrayList<>();
    for (String id : ids) {
      rows.add(
          writer.write(
              Resource.newBuilder()
                  .setId(id)
                  .setSite("s")
                  .setName(id.substring(2))
                  .setEndpoint("127.0.0.1")
                  .setTtlSeconds(60)
                  .setFirstSeenAt(NOW)
                  .setRevision(1)
                  .build()));
    }
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    CompactedTable<Resource> table =
        new CompactedTable<>(
            "resources",
            "test",
            () -> consumer,
            new RecordReader<>(schemas, Resource.class),
            (_, _) -> {});
    fill("resources", table, consumer, List.of(ids), rows);
    return table;
  }

  private CompactedTable<Enrichment> enrichments(Enrichment... rows) throws InterruptedException {
    RecordWriter<Enrichment> writer = new RecordWriter<>(schemas, "enrichments", Enrichment.class);
    List<String> keys = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    for (Enrichment row : rows) {
      keys.add(row.getResourceId() + '|' + row.getNamespace());
      values.add(writer.write(row));
    }
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    CompactedTable<Enrichment> table =
        new CompactedTable<>(
            "enrichments",
            "test",
            () -> consumer,
            new RecordReader<>(schemas, Enrichment.class),
            (_, _) -> {});
    table.holdNothing();
    table.listen(lives);
    fill("enrichments", table, consumer, keys, values);
    return table;
  }

  private void fill(
      String topic,
      CompactedTable<?> table,
      MockConsumer<byte[], byte[]> consumer,
      List<String> keys,
      List<byte[]> values)
      throws InterruptedException {
    open.add(table);
    TopicPartition only = new TopicPartition(topic, 0);
    consumer.updatePartitions(
        topic, List.of(new PartitionInfo(topic, 0, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(only, 0L));
    consumer.updateEndOffsets(Map.of(only, (long) values.size()));
    consumer.schedulePollTask(() -> {
      for (int n = 0; n < values.size(); n++) {
        consumer.addRecord(
            new ConsumerRecord<>(topic, 0, n, keys.get(n).getBytes(UTF_8), values.get(n)));
      }
    });
    table.assignAll();
    table.start();
    assertThat(table.awaitCaughtUp(Duration.ofSeconds(20))).isTrue();
  }

  private static Enrichment enrichment(String resource, String namespace, Instant collected) {
    return Enrichment.newBuilder()
        .setResourceId(resource)
        .setNamespace(namespace)
        .setPlugin("snmp")
        .setJobId("job1")
        .setCollectedAt(collected)
        .setExpiresAt(collected.plus(TTL))
        .setContentHash("hash")
        .setAttributes(Map.of())
        .setGroups(List.of())
        .build();
  }
}
