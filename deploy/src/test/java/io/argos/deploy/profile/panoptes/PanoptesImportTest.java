package io.argos.deploy.profile.panoptes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.argos.config.ConfigException;
import io.argos.profile.proof.Replay;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanoptesImportTest {
  private static final String GROUP =
      """
      { "group_name": "frobs", "dimensions": { "label": "label.$index" },
        "metrics": { "load": "load.$index" } }
      """;

  @Test
  void readsEachFormOfADocument() {
    String plain = ImportedDevice.document(GROUP);
    String redis = "{ \"data\": { \"192.0.2.1\": " + plain + " }, \"metadata\": {} }";
    String emitted =
        """
        { "enrichment": [ { "namespace": "metrics", "data": [ { "192.0.2.1": %s } ] } ],
          "resource": { "resource_class": "network", "resource_subclass": "",
                        "resource_metadata": { "model": "F.9" } } }
        """
            .formatted(plain);

    String several = "{ \"group_sets\": [ " + emitted + " ] }";

    for (String document : List.of(plain, redis, emitted, several)) {
      String profile = PanoptesImport.read("frob.json", document).as("frob").text();

      assertThat(ImportedDevice.poll(profile))
          .contains(
              new Replay.Row(
                  "frobs", Map.of("label", "left"), Map.of("load", new Replay.Metric("gauge", 50))))
          .hasSize(3);
    }
    assertThat(PanoptesImport.read("frob.json", several).as("frob").text())
        .isEqualTo(PanoptesImport.read("frob.json", emitted).as("frob").text())
        .contains("- class: \"network\"\n    labels: { model: \"^F\\\\.9$\" }");
  }

  @Test
  void joinsWhatGoesByOtherIndexes() {
    PanoptesImport.Imported imported =
        ImportedDevice.imported(
            """
            { "group_name": "frobs", "dimensions": {}, "metrics": {
                "load": "load.$index", "status": "status.$index",
                "octets": { "value": "octets.$index", "metric_type": "counter" } } }
            """);

    assertThat(imported.left()).isEmpty();
    assertThat(ImportedDevice.poll(imported.text()))
        .extracting(row -> row.metrics().get("octets"))
        .containsExactly(
            new Replay.Metric("counter", 1000), new Replay.Metric("counter", 2000), null);
  }

  @Test
  void namesRowsByTheirTransformedIndex() {
    PanoptesImport.Imported imported =
        ImportedDevice.imported(
            """
            { "group_name": "frobs", "dimensions": { "no": "'Module ' + $index" },
              "metrics": { "octets": "octets.$index", "total": "total.$index" } }
            """);

    assertThat(imported.left()).isEmpty();
    assertThat(ImportedDevice.poll(imported.text()))
        .contains(
            new Replay.Row(
                "frobs",
                Map.of("no", "Module 2"),
                Map.of(
                    "octets",
                    new Replay.Metric("gauge", 2000),
                    "total",
                    new Replay.Metric("gauge", 400))));
  }

  @Test
  void putsWhatIsOfTheDeviceIntoARowOfItsOwn() {
    PanoptesImport.Imported imported =
        ImportedDevice.imported(
            """
            { "group_name": "frobs", "dimensions": { "label": "label.$index", "all": "'x'" },
              "metrics": { "load": "load.$index", "users": "users", "fixed": 3 } }
            """);

    assertThat(imported.left()).isEmpty();
    assertThat(ImportedDevice.poll(imported.text()))
        .hasSize(4)
        .contains(
            new Replay.Row(
                "frobs",
                Map.of("all", "x"),
                Map.of(
                    "users",
                    new Replay.Metric("gauge", 7),
                    "fixed",
                    new Replay.Metric("gauge", 3))));
  }

  @Test
  void splitsManyValues() {
    String values =
        IntStream.rangeClosed(1, 700)
            .mapToObj(i -> "\"%d\": \"Sensor of a long and dull name %d\"".formatted(i, i))
            .collect(Collectors.joining(","));
    String document =
        ImportedDevice.document(GROUP.replace("\"label.$index\"", "\"many.$index\""))
            .replace(
                "\"oids\": {",
                "\"oids\": { \"many\": { \"method\": \"static\", \"values\": {" + values + "} },");

    String profile = PanoptesImport.read("frob.json", document).as("frob").text();

    assertThat(ImportedDevice.poll(profile))
        .extracting(row -> row.dimensions().get("label"))
        .containsExactly(
            "Sensor of a long and dull name 1",
            "Sensor of a long and dull name 2",
            "Sensor of a long and dull name 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'os.system(1)' | the method system of 1 arguments",
        "'nope.$index' | 'nope' is not one of the oids",
        "'label.$index' | ",
        "'users.$index' | oids.users is one value, without an index",
        "'load' | oids.load is used as a whole",
        "'load.$index //  2' | the operator //",
        "'1 < load.$index < 3' | it compares more than two values at once",
        "'load.$index +' | 'its end' is not understood where it stands",
        "'lambda x: x' | 'lambda' is not understood where it stands",
        "{'value': '`left`', 'type': 'str'} | it yields a text, and a metric is a number",
        "'len([y for x in load.values() for y in x])' | ']' is expected in it, not 'for'",
        "'load.$index - sum([int(x) for x in load.values()])' | it is about one index and about all at once",
        "{'value': 'load.$index', 'transform': 'lambda x: exec(x)'} | the function exec of 1 arguments",
        "{'value': 'load.$index', 'transform': 'x * 2'} | 'lambda' is expected in it, not 'x'",
      })
  void tellsWhatItLeavesBehind(String metric, String reason) {
    String json = metric.replace('\'', '"').replace('`', '\'');
    String group =
        "{ \"group_name\": \"frobs\", \"dimensions\": {}, \"metrics\": { \"ok\": 1, \"m\": %s } }"
            .formatted(json);

    PanoptesImport.Imported imported = ImportedDevice.imported(group);

    if (reason == null) {
      assertThat(imported.left()).isEmpty();
    } else {
      assertThat(imported.left()).containsExactly("metrics_groups[0].metrics.m: " + reason);
    }
    assertThat(ImportedDevice.poll(imported.text()))
        .anySatisfy(row -> assertThat(row.metrics()).containsKey("ok"));
  }

  @Test
  void tellsWhatHasNoPlaceInAProfile() {
    String document =
        ImportedDevice.document(
                """
                { "group_name": "status", "metrics": { "s": 1 } },
                { "group_name": "a-b", "dimensions": { "x-y": "users" },
                  "metrics": { "m": { "value": 1, "type": "Colour", "hue": 3 } } }
                """)
            .replaceFirst("\\{", "{ \"snmp\": { \"non_repeaters\": 2, \"max_repetitions\": 20 },");

    PanoptesImport.Imported imported = PanoptesImport.read("frob.json", document).as("frob");

    assertThat(imported.text()).contains("snmp: { max-repetitions: 20 }", "group: \"a-b\"");
    assertThat(imported.left())
        .containsExactly(
            "metrics_groups[1].metrics.m.hue: is not a key that is known",
            "metrics_groups[1].metrics.m.type: 'Colour' is not a type that is known",
            "snmp.non_repeaters: scalars are packed without it",
            "metrics_groups[0]: the group 'status' is made by Argos itself",
            "metrics_groups[1].dimensions.x-y: its name, which is x_y now");
    assertThat(ImportedDevice.poll(imported.text()))
        .containsExactly(
            new Replay.Row("a-b", Map.of("x_y", "7"), Map.of("m", new Replay.Metric("gauge", 1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{ 'oids': | frob.json:1:10: is not JSON",
        "[] | frob.json: metrics_groups: a list of metrics groups is expected",
        "{ 'metrics_groups': [] } | frob.json: oids: a mapping of names",
        "{ 'metrics_groups': [{}], 'oids': {} } | frob.json: metrics_groups[0].group_name: a name is expected",
        "{ 'metrics_groups': [{'group_name': 'g'}], 'oids': {} } | frob.json: metrics_groups[0].metrics: a mapping",
        "{ 'metrics_groups': [{'group_name': 'g', 'metrics': {'m': []}}], 'oids': {} } | frob.json: metrics_groups[0].metrics.m: a number or an expression",
        "{ 'metrics_groups': [], 'oids': {'a': {'method': 'getnext'}} } | frob.json: oids.a.method: 'getnext' is not one of",
        "{ 'metrics_groups': [], 'oids': {'a': {'method': 'get', 'oid': 'x'}} } | frob.json: oids.a.oid: 'x' is not an oid",
        "{ 'metrics_groups': [], 'oids': {'a': {'method': 'static'}} } | frob.json: oids.a.values: a mapping",
        "{ 'data': { 'a': {'metrics_groups': []}, 'b': {'metrics_groups': []} } } | frob.json: holds the documents of 2 devices",
      })
  void refusesWhatIsNoDocument(String document, String message) {
    assertThatThrownBy(() -> PanoptesImport.read("frob.json", document.replace('\'', '"')))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void givesADimensionToTheRowsThatItIsAbout() {
    PanoptesImport.Imported imported =
        ImportedDevice.imported(
            """
            { "group_name": "frobs",
              "dimensions": { "kind": { "value": "'first'", "indices": ["1"] } },
              "metrics": { "load": "load.$index" } }
            """);

    assertThat(imported.left()).isEmpty();
    assertThat(ImportedDevice.poll(imported.text()))
        .extracting(Replay.Row::dimensions)
        .containsExactlyInAnyOrder(Map.of("kind", "first"), Map.of(), Map.of());
  }

  @Test
  void tellsOfEachKeyThatHasNoPlaceInAProfile() {
    PanoptesImport.Imported imported =
        ImportedDevice.imported(
            """
            { "group_name": "frobs", "ignore_empty_dimensions": false, "dimesions": {},
              "metrics": { "load": { "value": "load.$index", "metric_type": "Counter" } } }
            """);

    assertThat(imported.left())
        .containsExactly(
            "metrics_groups[0].dimesions: is not a key that is known",
            "metrics_groups[0].ignore_empty_dimensions: rows that lack a dimension go out without it",
            "metrics_groups[0].metrics.load.metric_type: 'Counter' is not one of gauge, counter");
  }

  @Test
  void givesADimensionToTheFoundRowsThatItIsAbout() {
    PanoptesImport.Imported imported =
        ImportedDevice.imported(
            """
            { "group_name": "frobs",
              "dimensions": { "kind": { "value": "'first'", "indices": ["1"] } },
              "metrics": { "total": "total.$index" } }
            """);

    assertThat(imported.left()).isEmpty();
    assertThat(ImportedDevice.poll(imported.text()))
        .extracting(Replay.Row::dimensions)
        .containsExactlyInAnyOrder(Map.of("kind", "first"), Map.of());
  }
}
