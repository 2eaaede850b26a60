package io.argos.runtime.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.argos.schemas.Discovery;
import io.argos.schemas.DiscoveryKind;
import io.argos.schemas.Enrichment;
import io.argos.schemas.PollResult;
import io.argos.schemas.Rejection;
import io.argos.schemas.Resource;
import io.argos.schemas.ResourceClaim;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.RowBlock;
import io.argos.schemas.columnar.Values;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.LocalSchemas;
import io.argos.schemas.serde.RecordReader;
import io.argos.spi.DeviceStatus;
import io.argos.spi.EnrichmentContent;
import io.argos.spi.Poller;
import io.argos.spi.ProfileRef;
import io.argos.spi.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PublishersTest {
  private static final Duration TTL = Duration.ofHours(4);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final LocalSchemas schemas = new LocalSchemas();
  private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
  private final List<Enrichment> known = new ArrayList<>();
  private Instant now = NOW;
  private final InstantSource clock = () -> now;
  private final ResultProducer results =
      new ResultProducer(
          new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
          "agent-1",
          1 << 20,
          new SimpleMeterRegistry());
  private final EnrichmentPublisher enrichments =
      new EnrichmentPublisher(
          results,
          schemas,
          "argos.enrichments.v1",
          (resource, namespace) -> List.copyOf(known),
          clock);

  @Test
  void writesARunOfDiscoveryWithItsCounts() throws InterruptedException {
    DiscoveryPublisher publisher =
        new DiscoveryPublisher(results, schemas, "argos.discoveries.v1", clock);

    DiscoveryPublisher.RunWriter run = publisher.begin("files", "run1", sent::add);
    run.found(claim("dc1", "a"));
    run.found(claim("dc2", "b"));
    run.rejected(new Rejection("f.json", "entry 3", "name: a text was expected"));
    run.end(true);

    List<Discovery> records = read(Discovery.class);
    assertThat(records)
        .extracting(Discovery::getKind)
        .containsExactly(
            DiscoveryKind.BEGIN,
            DiscoveryKind.RESOURCE,
            DiscoveryKind.RESOURCE,
            DiscoveryKind.REJECTED,
            DiscoveryKind.END);
    assertThat(records.getLast().getCount()).isEqualTo(2);
    assertThat(records.getLast().getRejected()).isEqualTo(1);
    assertThat(records.getLast().getSites()).isEqualTo(Map.of("dc1", 1L, "dc2", 1L));
    assertThat(sent).extracting(record -> text(record.key())).containsOnly("files");
    assertThat(sent)
        .extracting(record -> text(record.headers().lastHeader("ce_id").value()))
        .doesNotHaveDuplicates();
  }

  @Test
  void anUnchangedEnrichmentIsWrittenAgainOnlyWhenThreeQuartersOfItsTimeHaveGone()
      throws InterruptedException {
    assertThat(publish(content("a", 2))).isTrue();
    known.addAll(read(Enrichment.class));

    assertThat(publish(content("a", 2))).isFalse();
    now = NOW.plus(TTL.multipliedBy(3).dividedBy(4));
    assertThat(publish(content("a", 2))).isTrue();
    now = NOW;
    assertThat(publish(content("b", 2))).isTrue();

    assertThat(sent).hasSize(3);
  }

  @Test
  void keepsWhatWasKnownOfWhatCouldNotBeRead() throws InterruptedException {
    publish(unsure("if-mib", Map.of("serial", "S1", "version", "1")));
    known.addAll(read(Enrichment.class));
    sent.clear();

    publish(unsure("if-mib", Map.of("model", "box", "version", "2")));
    publish(unsure("another", Map.of("model", "box")));

    List<Enrichment> records = read(Enrichment.class);
    assertThat(records.getFirst().getAttributes())
        .containsOnly(entry("serial", "S1"), entry("model", "box"), entry("version", "2"));
    assertThat(records.getLast().getAttributes()).containsOnly(entry("model", "box"));
  }

  private static EnrichmentContent unsure(String profile, Map<String, String> attributes) {
    return new EnrichmentContent(
        "dc1/a",
        "device",
        Optional.of(new ProfileRef(profile, "abc")),
        attributes,
        Set.of("serial", "model"),
        List.of(),
        Optional.empty());
  }

  @Test
  void aLargeEnrichmentIsWrittenInPartsAndPartsThatAreNoMoreAreDeleted()
      throws InterruptedException {
    publish(content("x".repeat(200), 3_000));

    List<Enrichment> parts = read(Enrichment.class);
    assertThat(parts.size()).isGreaterThan(2);
    assertThat(sent)
        .allSatisfy(record -> assertThat(record.value()).hasSizeLessThan(256 * 1024 + 1));
    assertThat(parts)
        .extracting(Enrichment::getContentHash)
        .containsOnly(parts.getFirst().getContentHash());
    assertThat(
            parts.stream()
                .flatMap(part -> part.getGroups().stream())
                .mapToInt(group -> group.getRowKeys().size())
                .sum())
        .isEqualTo(3_000);
    assertThat(text(sent.get(1).key())).isEqualTo("dc1/a|interface#1");

    known.addAll(parts);
    sent.clear();
    publish(content("y", 1));

    assertThat(sent).hasSize(parts.size());
    assertThat(sent.getFirst().value()).isNotNull();
    assertThat(sent.subList(1, sent.size()))
        .allSatisfy(record -> assertThat(record.value()).isNull());
  }

  @Test
  void aDocumentThatLeavesNoRoomIsAPartOfItsOwnAndRowsAreSplitAsEver() throws InterruptedException {
    String document = '"' + "d".repeat(300 * 1024) + '"';
    EnrichmentContent rows = content("x".repeat(200), 3_000);

    publish(
        new EnrichmentContent(
            rows.resourceId(),
            rows.namespace(),
            rows.profile(),
            rows.attributes(),
            rows.groups(),
            Optional.of(document)));

    List<Enrichment> parts = read(Enrichment.class);
    assertThat(parts).hasSizeBetween(4, 6);
    assertThat(parts.getFirst().getDocument()).isEqualTo(document);
    assertThat(parts.getFirst().getGroups()).isEmpty();
    assertThat(parts.subList(1, parts.size()))
        .allSatisfy(part -> {
          assertThat(part.getParts()).isEqualTo(parts.size());
          assertThat(part.getDocument()).isNull();
          assertThat(part.getAttributes()).isEmpty();
        });
    assertThat(sent.subList(1, sent.size()))
        .allSatisfy(record -> assertThat(record.value()).hasSizeBetween(1_000, 256 * 1024));
    assertThat(
            parts.stream()
                .flatMap(part -> part.getGroups().stream())
                .mapToInt(group -> group.getRowKeys().size())
                .sum())
        .isEqualTo(3_000);
  }

  @Test
  void writesAPollUnderTheIdOfItsJob() throws InterruptedException {
    PollPublisher publisher = new PollPublisher(results, schemas, "argos.polls.v1", clock);
    Run run = new Run("job1", NOW, NOW.plusMillis(5), NOW.plusSeconds(30), Duration.ofMinutes(1));
    Poller.Poll poll =
        new Poller.Poll(
            DeviceStatus.SUCCESS,
            Optional.empty(),
            List.of(group("a", 3)),
            OptionalLong.of(77),
            Optional.empty(),
            Optional.of(new ProfileRef("if-mib", "abc")),
            true,
            false);

    publisher.publish(poll, resource(), "snmp", run, sent::add);

    PollResult record = read(PollResult.class).getFirst();
    assertThat(record.getPollId()).isEqualTo("job1");
    assertThat(record.getUptimeCentis()).isEqualTo(77);
    assertThat(record.getProfile()).isEqualTo("if-mib");
    assertThat(record.getEnrichmentStale()).isTrue();
    assertThat(record.getAgent()).isEqualTo("agent-1");
    assertThat(record.getGroups()).hasSize(1);
    assertThat(text(sent.getFirst().key())).isEqualTo("dc1/a");
  }

  private boolean publish(EnrichmentContent content) throws InterruptedException {
    return enrichments.publish(content, "snmp", "job1", TTL, sent::add);
  }

  private static EnrichmentContent content(String text, int rows) {
    return new EnrichmentContent(
        "dc1/a",
        "interface",
        Optional.of(new ProfileRef("if-mib", "abc")),
        Map.of("sysName", "a"),
        List.of(group(text, rows)),
        Optional.empty());
  }

  private static GroupBlock group(String text, int rows) {
    String[] keys = IntStream.range(0, rows).mapToObj(row -> "row" + row).toArray(String[]::new);
    String[] values = IntStream.range(0, rows).mapToObj(row -> text + row).toArray(String[]::new);
    return new GroupBlock(
        "interface",
        "interfaces",
        Instant.ofEpochMilli(System.nanoTime()),
        new RowBlock(keys, List.of()),
        List.of(ColumnBlock.gauge("alias", "1", new Values.Strings(values))));
  }

  private static ResourceClaim claim(String site, String name) {
    return ResourceClaim.newBuilder().setSite(site).setName(name).setEndpoint(name).build();
  }

  private static Resource resource() {
    return Resource.newBuilder()
        .setId("dc1/a")
        .setSite("dc1")
        .setName("a")
        .setEndpoint("127.0.0.1")
        .setTtlSeconds(60)
        .setFirstSeenAt(NOW)
        .setRevision(1)
        .build();
  }

  private <T extends SpecificRecord> List<T> read(Class<T> type) {
    RecordReader<T> reader = new RecordReader<>(schemas, type);
    List<T> records = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : sent) {
      switch (reader.read(record.value())) {
        case Decoded.Value<T>(var value) -> records.add(value);
        case Decoded.Poison<T>(var reason) -> throw new AssertionError(reason);
      }
    }
    return records;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
