package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.argos.profile.proof.ExpectedGroups;
import io.argos.profile.proof.Replay;
import io.argos.schemas.ColumnKind;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.RowBlock;
import io.argos.schemas.columnar.Values;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.spi.EnrichmentContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Recordings of real devices, replayed from matching to metric groups. They are not part of the
 * project: they join where the environment variable {@code ARGOS_CONFORMANCE}, or a folder {@code
 * ../shared/conformance} beside the checkout, has them.
 */
final class ConformanceCases {
  private static final String NO_DATA = "no data";
  private static final ProfileCatalog CATALOG = ProfileCatalog.shipped();

  /** Makes a recording answer plans. */
  interface Transport {
    Function<SnmpPlan, SnmpReply> of(Path recording);
  }

  private final Transport transport;

  ConformanceCases(Transport transport) {
    this.transport = transport;
  }

  void enrichesInterfaces(String name) {
    Path folder = folder("interfaces", name);
    ExpectedGroups expected = ExpectedGroups.read(folder.resolve("expected.json"));

    Replay replay = replay(folder, expected).enrich();

    Map<String, Map<String, Object>> wanted = new TreeMap<>();
    expected
        .interfaces()
        .properties()
        .forEach(row -> {
          Map<String, Object> columns = new TreeMap<>();
          row.getValue()
              .properties()
              .forEach(column ->
                  columns.put(
                      column.getKey(),
                      column.getValue().isNumber()
                          ? (Object) column.getValue().asLong()
                          : column.getValue().asText()));
          wanted.put(row.getKey(), columns);
        });
    assertThat(replay.table("interface")).isEqualTo(wanted);
  }

  /** With the enrichment of the recording, or with the one that comes with it. */
  void pollsDevices(String name) {
    Path folder = folder("devices", name);
    ExpectedGroups expected = ExpectedGroups.read(folder.resolve("expected.json"));
    Path enrichment = folder.resolve("enrichment.json");

    Replay replay = replay(folder, expected);
    if (Files.exists(enrichment)) {
      given(replay, ExpectedGroups.json(enrichment).path("interfaces"));
    } else {
      replay.enrich();
    }
    PollPlan.Reading reading = replay.poll(replay.plan());

    assertThat(expected.among(Replay.rows(reading.groups())))
        .containsExactlyInAnyOrderElementsOf(expected.rows());
    if (!Files.exists(enrichment)) {
      assertThat(reading.wantsEnrichment()).isFalse();
    }
  }

  private Replay replay(Path folder, ExpectedGroups expected) {
    return new Replay(
        CATALOG, expected.resource(), transport.of(folder.resolve("recording.snmprec")));
  }

  private static void given(Replay replay, JsonNode interfaces) {
    List<String> indexes = new ArrayList<>();
    Map<String, List<String>> columns = new TreeMap<>();
    interfaces
        .properties()
        .forEach(row -> {
          indexes.add(row.getKey());
          row.getValue()
              .properties()
              .forEach(column ->
                  columns
                      .computeIfAbsent(column.getKey(), _ -> new ArrayList<>())
                      .add(column.getValue().asText()));
        });
    String[] keys = indexes.toArray(String[]::new);
    List<ColumnBlock> blocks = new ArrayList<>();
    blocks.add(texts("index", keys));
    columns.forEach((column, values) -> blocks.add(texts(column, values.toArray(String[]::new))));
    GroupBlock group =
        new GroupBlock("interface", "interface", Replay.NOW, new RowBlock(keys, List.of()), blocks);
    replay.put(content(replay, "interface", new HashMap<>(), List.of(group)));
    replay.put(
        content(
            replay,
            EnrichmentPlan.DEVICE,
            Map.of(EnrichmentPlan.TABLE + "interface", "1"),
            List.of()));
  }

  private static ColumnBlock texts(String name, String[] values) {
    return new ColumnBlock(
        name, "1", ColumnKind.GAUGE, new Values.Strings(values), new int[0], 0, 1);
  }

  private static EnrichmentContent content(
      Replay replay, String namespace, Map<String, String> attributes, List<GroupBlock> groups) {
    return new EnrichmentContent(
        "local/device",
        namespace,
        Optional.of(replay.profile().ref()),
        attributes,
        groups,
        Optional.empty());
  }

  /** Names of the cases of a kind: {@code interfaces}, or {@code devices}; none without data. */
  static Stream<String> names(String kind) {
    Optional<Path> folder = root().map(root -> root.resolve(kind)).filter(Files::isDirectory);
    if (folder.isEmpty()) {
      return Stream.of(NO_DATA);
    }
    try (Stream<Path> cases = Files.list(folder.get())) {
      return cases
          .filter(one -> Files.exists(one.resolve("recording.snmprec")))
          .map(one -> one.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(String kind, String name) {
    assumeTrue(
        !name.equals(NO_DATA),
        "no conformance data: set ARGOS_CONFORMANCE, or put it beside the checkout");
    return root().orElseThrow().resolve(kind).resolve(name);
  }

  private static Optional<Path> root() {
    String named = System.getenv("ARGOS_CONFORMANCE");
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    Path at = Path.of("").toAbsolutePath();
    while (at != null) {
      Path beside = at.resolveSibling("shared").resolve("conformance");
      if (Files.exists(at.resolve(".git")) && Files.isDirectory(beside)) {
        return Optional.of(beside);
      }
      at = at.getParent();
    }
    return Optional.empty();
  }
}
