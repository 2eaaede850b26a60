package io.argos.deploy.profile.panoptes;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.profile.proof.Replay;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every shape of expression that Panoptes' plugins write, carried over and polled. */
class ExpressionShapesTest {

  private static Map<String, Double> valuesByLabel(String metric) {
    PanoptesImport.Imported imported =
        ImportedDevice.imported(
            """
            { "group_name": "frobs", "dimensions": { "label": "label.$index" },
              "metrics": { "m": %s } }
            """
                .formatted(metric));
    assertThat(imported.left()).as(imported.text()).isEmpty();
    Map<String, Double> values = new TreeMap<>();
    for (Replay.Row row : ImportedDevice.poll(imported.text())) {
      Replay.Metric found = row.metrics().get("m");
      if (found != null) {
        values.put(row.dimensions().getOrDefault("label", "-"), found.value());
      }
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'value': 'load.$index'} | left=50 right=25 Routing Engine 0=33",
        "{'value': 'load.$index', 'metric_type': 'counter'} | left=50 right=25 Routing Engine 0=33",
        "{'value': 'float(load.$index) / 100.0 * total.$index', 'indices_from': 'total'} | left=100 right=100",
        "{'value': 'float(load.$index) / 7 * total.$index', 'indices_from': 'total'} | left=1428 right=1428",
        "{'value': 'int(load.$index) * scale.$index', 'indices_from': 'scale', 'type': 'float'} | left=5 right=25",
        "{'value': 'int(load.$index) * int(status.$index)'} | left=100 right=150 Routing Engine 0=297",
        "{'value': 'load.$index', 'indices': ['2', '3']} | right=25 Routing Engine 0=33",
        "{'value': 'load.$index', 'type': 'float', 'transform': 'lambda x: round((x * 1.8) + 32, 2)'} | left=122 right=77 Routing Engine 0=91.4",
        "{'value': 'load.$index', 'transform': 'lambda x: round((x * 1.8) + 32, 2) if x != 25 else 0.0'} | left=122 right=0 Routing Engine 0=91.4",
        "{'value': 'speed.$index * load.$index'} | left=500 right=2500",
        "{'value': 'load.$index', 'transform': 'lambda x: x * 1000000'} | left=50000000 right=25000000 Routing Engine 0=33000000",
        "{'value': 'load.$index', 'transform': 'lambda x: 64512'} | left=64512 right=64512 Routing Engine 0=64512",
        "{'value': '1 if status.$index == `2` else 0'} | left=1 right=0 Routing Engine 0=0",
        "{'value': '1 if `Routing` in label.$index and load.$index > 30 else 0'} | left=0 right=0 Routing Engine 0=1",
      })
  void carriesWhatHasAnIndex(String metric, String expected) {
    String json = metric.replace('\'', '"').replace('`', '\'');

    assertThat(valuesByLabel(json)).isEqualTo(parsed(expected));
  }

  private static String group(String metric) {
    return "{ \"group_name\": \"frobs\", \"dimensions\": {}, \"metrics\": { \"m\": "
        + metric
        + " } }";
  }

  private static Map<String, Double> parsed(String expected) {
    Map<String, Double> values = new TreeMap<>();
    for (String one : expected.strip().split("(?<=\\d) (?=[lrR])", -1)) {
      int at = one.lastIndexOf('=');
      values.put(one.substring(0, at), Double.parseDouble(one.substring(at + 1)));
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "7 | 7",
        "2.5 | 2.5",
        "'users' | 7",
        "{'value': 'users * 2 + 1'} | 15",
        "{'value': 'heat', 'type': 'string', 'transform': 'lambda x: round((float(x.split(\" \")[0]) * 1.8) + 32,2)'} | 90.5",
        "'len([x for x in status.values() if x == \"2\"])' | 1",
        "'len([x for x in status.values() if x == \"7\"])' | 0",
        "'len([x for x in status.values() if x in [\"1\", \"2\", \"9\"]])' | 2",
        "'len([(x,y) for (x,y) in status.items() if x in fans and y in [\"2\", \"9\", \"12\"]])' | 2",
        "'len([(x,y) for (x,y) in status.items() if x in fans and y not in [\"6\"]])' | 2",
        "'len([(x,y) for (x,y) in status.items() if x not in fans])' | 1",
        "'len([(x,y) for (x,y) in status.items() if kinds[x] == \"PEM\"])' | 2",
        "'len([x for x in label.values() if x.startswith(\"Routing\")])' | 1",
        "'len(label)' | 3",
        "'len(fans)' | 2",
        "'sum([int(x) for x in load.values()])' | 108",
        "'sum([int(y) for (x,y) in load.items() if x in fans])' | 83",
        "'max([int(x) for x in load.values()])' | 50",
        "'max(len(fans), sum(int(x) for x in load.values()))' | 108",
        "'1 if any(x == \"6\" for x in status.values()) else 0' | 1",
        "'100 - len(fans) / 2' | 99",
      })
  void carriesWhatIsOfTheDevice(String metric, double expected) {
    String json = metric.replace("\"", "\\\"").replace('\'', '"');
    PanoptesImport.Imported imported = ImportedDevice.imported(group(json));

    List<Replay.Row> rows = ImportedDevice.poll(imported.text());

    assertThat(imported.left()).as(imported.text()).isEmpty();
    assertThat(rows).as(imported.text()).hasSize(1);
    assertThat(rows.getFirst().metrics().get("m"))
        .as(imported.text())
        .isEqualTo(new Replay.Metric("gauge", expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'ctrl' | ctrl,ctrl,ctrl",
        "ctrl | ctrl,ctrl,ctrl",
        "'unknown-a_b' | unknown-a_b,unknown-a_b,unknown-a_b",
        "title.$index | Fan 'A',-,Fan C",
        "label.$index | left,right,Routing Engine 0",
        "'data' if 'Routing Engine' in label.$index else 'ctrl' | ctrl,ctrl,data",
        "'Module ' + $index | Module 1,Module 2,Module 3",
        "speed.$index | 10,100,-",
        "label.$index.upper().replace('E', 'e') | LeFT,RIGHT,ROUTING eNGINe 0",
        "kinds.get($index, 'none') | PEM,PSM,PEM",
      })
  void carriesDimensions(String value, String expected) {
    PanoptesImport.Imported imported =
        ImportedDevice.imported(
            """
            { "group_name": "frobs", "dimensions": { "d": "%s" },
              "metrics": { "m": "load.$index" } }
            """
                .formatted(value));

    List<String> found =
        ImportedDevice.poll(imported.text()).stream()
            .map(row -> row.dimensions().getOrDefault("d", "-"))
            .toList();

    assertThat(imported.left()).as(imported.text()).isEmpty();
    assertThat(found).as(imported.text()).isEqualTo(Arrays.asList(expected.split(",")));
  }

  @Test
  void countsWhatIsOfEachKindInARowOfItsOwn() {
    PanoptesImport.Imported imported =
        ImportedDevice.imported(
            """
            { "group_name": "environment", "dimensions": { "kind": "kinds.$index" },
              "metrics": {
                "on": { "indices_from": "units", "value":
                  "len([(x,y) for (x,y) in status.items() if x in kinds and y not in ['6'] and kinds[x] == $index])" },
                "total": "units.$index" } }
            """);

    List<Replay.Row> rows = ImportedDevice.poll(imported.text());

    assertThat(imported.left()).isEmpty();
    assertThat(rows)
        .containsExactlyInAnyOrder(
            new Replay.Row(
                "environment",
                Map.of("kind", "PEM"),
                Map.of(
                    "on", new Replay.Metric("gauge", 2), "total", new Replay.Metric("gauge", 2))),
            new Replay.Row(
                "environment",
                Map.of(),
                Map.of(
                    "on", new Replay.Metric("gauge", 0), "total", new Replay.Metric("gauge", 1))));
  }
}
