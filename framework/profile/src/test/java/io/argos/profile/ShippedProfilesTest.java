package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.profile.format.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each shipped profile is replayed against recordings of our own making: one folder bears its name,
 * others that of a variant. After a change that is meant, {@code -Dargos.profile.record=true}
 * writes the expected files anew, to be read before they are committed.
 */
class ShippedProfilesTest {
  private static final Path TESTS = Path.of("..", "..", "config", "profiles", "tests");
  private static final ProfileCatalog CATALOG = ProfileCatalog.shipped();
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  static Stream<String> recordings() throws IOException {
    try (Stream<Path> folders = Files.list(TESTS)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void hasARecordingOfEachProfile() throws IOException {
    List<String> wanted =
        CATALOG.profiles().stream().filter(p -> !p.isAbstract()).map(Profile::name).toList();

    assertThat(recordings()).containsAll(wanted);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void yieldsWhatIsExpected(String name) throws IOException {
    Path folder = TESTS.resolve(name);
    Path expectedFile = folder.resolve("expected.json");
    ExpectedGroups before =
        Files.exists(expectedFile) ? ExpectedGroups.read(expectedFile) : ExpectedGroups.none();
    RecordedDevice device = RecordedDevice.read(folder.resolve("recording.snmprec"));
    Replay replay = new Replay(CATALOG, before.resource(), device::answer);
    assertThat(name).startsWith(replay.profile().name());

    replay.enrich();
    PollPlan.Reading reading = replay.poll(replay.plan());

    ObjectNode actual = actual(replay, reading);
    before.given().ifPresent(resource -> actual.set("resource", resource));
    if (Boolean.getBoolean("argos.profile.record")) {
      Files.writeString(expectedFile, JSON.writeValueAsString(actual) + "\n");
    }
    ObjectNode expected = (ObjectNode) JSON.readTree(expectedFile.toFile());
    assertThat(ExpectedGroups.read(expectedFile).rows())
        .containsExactlyInAnyOrderElementsOf(Replay.rows(reading.groups()));
    assertThat(actual.get("profile")).isEqualTo(expected.get("profile"));
    assertThat(actual.get("device")).isEqualTo(expected.get("device"));
    assertThat(JSON.writeValueAsString(actual.get("groups")))
        .isEqualTo(JSON.writeValueAsString(expected.get("groups")));
  }

  private static ObjectNode actual(Replay replay, PollPlan.Reading reading) {
    ObjectNode root = JSON.createObjectNode();
    root.put("profile", replay.profile().name());
    ObjectNode device = root.putObject("device");
    facts(replay).forEach(device::put);
    ArrayNode groups = root.putArray("groups");
    reading
        .groups()
        .forEach(group -> {
          List<Replay.Row> rows = Replay.rows(List.of(group));
          for (int row = 0; row < rows.size(); row++) {
            ObjectNode node = groups.addObject();
            node.put("group", group.name());
            node.put("section", group.section());
            node.put("key", group.rows().rowKeys()[row]);
            ObjectNode dimensions = node.putObject("dimensions");
            rows.get(row).dimensions().forEach(dimensions::put);
            ObjectNode metrics = node.putObject("metrics");
            rows.get(row).metrics().forEach((metric, value) -> put(metrics, metric, value));
          }
        });
    return root;
  }

  private static void put(ObjectNode metrics, String name, Replay.Metric metric) {
    ObjectNode node = metrics.putObject(name);
    node.put("type", metric.type());
    if (metric.value() == Math.rint(metric.value())) {
      node.put("value", (long) metric.value());
    } else {
      node.put("value", metric.value());
    }
  }

  private static Map<String, String> facts(Replay replay) {
    Map<String, String> facts = new java.util.TreeMap<>();
    replay
        .find("local/device", EnrichmentPlan.DEVICE)
        .getFirst()
        .getAttributes()
        .forEach((name, value) ->
            facts.put(name, name.startsWith(EnrichmentPlan.TABLE) ? "present" : value));
    return facts;
  }
}
