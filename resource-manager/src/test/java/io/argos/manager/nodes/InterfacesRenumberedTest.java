package io.argos.manager.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.manager.stream.LogDriver;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Event;
import io.argos.schemas.Severity;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.GroupRecords;
import io.argos.schemas.columnar.RowBlock;
import io.argos.schemas.columnar.Values;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterfacesRenumberedTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ID = "lab/core1";

  @TempDir Path data;
  private LogDriver log;

  @BeforeEach
  void start() {
    log = new LogDriver(NodesTopology.NAME, data, NodesTopology::build);
  }

  @AfterEach
  void stop() {
    log.close();
  }

  private static Enrichment enrichment(String namespace, long second, Map<String, String> indexes) {
    TreeMap<String, String> sorted = new TreeMap<>(indexes);
    String[] names = sorted.keySet().toArray(String[]::new);
    GroupBlock group =
        new GroupBlock(
            namespace,
            namespace,
            T0.plusSeconds(second),
            new RowBlock(names, List.of()),
            List.of(
                ColumnBlock.gauge(
                    "index", "1", new Values.Strings(sorted.values().toArray(String[]::new)))));
    return Enrichment.newBuilder()
        .setResourceId(ID)
        .setNamespace(namespace)
        .setPlugin("snmp")
        .setJobId("job-" + second)
        .setCollectedAt(T0.plusSeconds(second))
        .setExpiresAt(T0.plusSeconds(second + 3600))
        .setContentHash("h" + second)
        .setGroups(List.of(GroupRecords.toRecord(group)))
        .build();
  }

  private void write(long second, Map<String, String> indexes) {
    write(enrichment("interface", second, indexes));
  }

  private void write(Enrichment enrichment) {
    log.write(
        log.topics().enrichments(),
        ID + "|" + enrichment.getNamespace(),
        enrichment,
        enrichment.getCollectedAt());
  }

  private List<Event> events() {
    return log.read(log.topics().events(), Event.class).stream()
        .map(LogDriver.Written::record)
        .toList();
  }

  @Test
  void tellsOnceOfAllInterfacesThatMoved() {
    write(0, Map.of("eth0", "1", "eth1", "2", "lo", "7", "gone", "9"));
    assertThat(events()).isEmpty();

    write(60, Map.of("eth0", "3", "eth1", "1", "lo", "7", "new", "2"));

    List<Event> events = events();
    assertThat(events).hasSize(1);
    Event event = events.getFirst();
    assertThat(event.getType()).isEqualTo("interface.renumbered");
    assertThat(event.getResourceId()).isEqualTo(ID);
    assertThat(event.getSeverity()).isEqualTo(Severity.INFO);
    assertThat(event.getAt()).isEqualTo(T0.plusSeconds(60));
    assertThat(event.getCause()).isEqualTo("job-60");
    assertThat(event.getSummary())
        .isEqualTo(
            "lab/core1 has dealt the ifIndex of 2 of 3 interfaces anew: eth0 1 to 3, eth1 2 to 1");
    assertThat(event.getAttributes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "renumbered", "2",
                "interfaces", "3",
                "examples", "eth0 1 to 3, eth1 2 to 1",
                "since", "2026-01-01T00:00:00Z"));

    write(120, Map.of("eth0", "3", "eth1", "1", "lo", "7", "new", "2"));
    assertThat(events()).isEmpty();
  }

  @Test
  void namesAFewOfMany() {
    write(0, numbered(0));
    write(60, numbered(100));

    assertThat(events())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getAttributes())
              .containsEntry("renumbered", "40")
              .containsEntry(
                  "examples",
                  "p10 10 to 110, p11 11 to 111, p12 12 to 112, p13 13 to 113, p14 14 to 114");
          assertThat(event.getSummary()).endsWith("p14 14 to 114 and more");
        });
  }

  private static Map<String, String> numbered(int from) {
    return IntStream.range(10, 50)
        .boxed()
        .collect(Collectors.toMap(i -> "p" + i, i -> Integer.toString(from + i)));
  }

  @Test
  void saysNothingOfARepeatOrOfOneThatComesLate() {
    write(0, Map.of("eth0", "1"));
    write(60, Map.of("eth0", "3"));
    assertThat(events()).hasSize(1);

    write(60, Map.of("eth0", "3"));
    write(30, Map.of("eth0", "5"));
    write(90, Map.of("eth0", "3"));

    assertThat(events()).isEmpty();
  }

  @Test
  void saysNothingOfOtherTablesNorOfADeviceThatCameBack() {
    write(enrichment("part", 0, Map.of("fan", "1")));
    write(enrichment("part", 60, Map.of("fan", "2")));
    write(0, Map.of("eth0", "1"));
    log.writeBytes(log.topics().enrichments(), ID + "|interface", null, T0.plusSeconds(90));
    write(120, Map.of("eth0", "2"));

    assertThat(events()).isEmpty();
    assertThat(log.refusals()).isZero();
    assertThat(log.store("node-entries")).containsOnlyKeys(ID + "|interface");
  }
}
