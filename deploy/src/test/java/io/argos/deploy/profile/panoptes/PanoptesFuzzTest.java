package io.argos.deploy.profile.panoptes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.config.ConfigException;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.format.ProfileException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a document says, what comes of it is a profile that lints. */
class PanoptesFuzzTest {
  private static final int ROUNDS = 3_000;
  private static final List<String> LEAVES =
      List.of(
          "status.$index",
          "load.$index",
          "label.$index",
          "octets.$index",
          "total.$index",
          "scale.$index",
          "speed.$index",
          "title.$index",
          "kinds[$index]",
          "total['1']",
          "status['2']",
          "users",
          "heat",
          "$index",
          "'2'",
          "'Fan'",
          "''",
          "7",
          "2.5",
          "0",
          "True",
          "ctrl",
          "nope",
          "status",
          "len(fans)",
          "len([x for x in status.values() if x == '2'])",
          "len([(x,y) for (x,y) in status.items() if x in fans and y not in ['6', 'a']])",
          "sum([int(x) for x in load.values()])",
          "any(x == '6' for x in label.values())");
  private static final List<String> SHAPES =
      List.of(
          "A + B",
          "A - B",
          "A * B",
          "A / B",
          "A if C else B",
          "int(A)",
          "float(A)",
          "str(A)",
          "round(A, 2)",
          "round(A)",
          "abs(A)",
          "-A",
          "not A",
          "A and B",
          "A or B",
          "A == B",
          "A != B",
          "A < B",
          "A in B",
          "A not in ['1', 'b']",
          "A in [1, 2]",
          "A.split(' ')[0]",
          "A.upper()",
          "A.startswith('F')",
          "A.replace('a', 'b')",
          "len(A)",
          "max(A, B)",
          "10 ** A",
          "(A)",
          "kinds.get($index, A)",
          "sum([A for x in load.values()])",
          "max([A for x in load.values() if B])",
          "len([x for x in load.values() if A])",
          "len([(x, y) for (x, y) in load.items() if A and y == x])");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void makesAProfileThatLintsOfEveryExpression() {
    int carried = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode group = JsonNodeFactory.instance.objectNode().put("group_name", "frobs");
      ObjectNode metrics = group.putObject("metrics");
      for (int i = 0; i < 3; i++) {
        metrics.set("m" + i, target());
      }
      group.putObject("dimensions").put("d", expression(2));

      PanoptesImport.Imported imported = ImportedDevice.imported(group.toString());

      lint(imported.text(), group.toString());
      carried += 4 - imported.left().size();
    }
    assertThat(carried).as("seed " + seed).isGreaterThan(ROUNDS);
  }

  private ObjectNode target() {
    ObjectNode target = JsonNodeFactory.instance.objectNode().put("value", expression(3));
    if (random.nextInt(3) == 0) {
      target.put("type", List.of("float", "integer", "string").get(random.nextInt(3)));
    }
    if (random.nextInt(4) == 0) {
      target.put("metric_type", "counter");
    }
    if (random.nextInt(4) == 0) {
      target.put("indices_from", List.of("total", "load", "kinds").get(random.nextInt(3)));
    }
    if (random.nextInt(6) == 0) {
      target.putArray("indices").add("1").add("PEM");
    }
    if (random.nextInt(4) == 0) {
      target.put("transform", "lambda x: " + expression(2).replace("users", "x"));
    }
    return target;
  }

  private String expression(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return LEAVES.get(random.nextInt(LEAVES.size()));
    }
    StringBuilder text = new StringBuilder();
    for (char c : SHAPES.get(random.nextInt(SHAPES.size())).toCharArray()) {
      text.append(c >= 'A' && c <= 'C' ? "(" + expression(depth - 1) + ")" : c);
    }
    return text.toString();
  }

  private void lint(String profile, String document) {
    if (!profile.contains("\ngroups:")) {
      return;
    }
    try {
      ProfileCatalog.of(Map.of("frob.yaml", profile));
    } catch (ProfileException e) {
      throw new AssertionError(
          "seed " + seed + ": " + e.problems() + "\n" + document + "\n" + profile, e);
    }
  }

  @Test
  void refusesOrReadsWhateverIsLeftOfADocument() {
    String document =
        ImportedDevice.document(
            "{ \"group_name\": \"g\", \"dimensions\": {}, \"metrics\": { \"m\": \"load.$index * 2\" } }");
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder changed = new StringBuilder(document);
      for (int i = random.nextInt(4); i >= 0; i--) {
        int at = random.nextInt(changed.length());
        switch (random.nextInt(3)) {
          case 0 -> changed.deleteCharAt(at);
          case 1 -> changed.insert(at, "\"{}[]:,$'\\0a".charAt(random.nextInt(12)));
          default -> changed.setCharAt(at, (char) (32 + random.nextInt(95)));
        }
      }
      try {
        lint(
            PanoptesImport.read("x.json", changed.toString()).as("frob").text(),
            changed.toString());
      } catch (ConfigException e) {
        assertThat(e.problems()).as("seed " + seed).isNotEmpty();
      }
    }
  }
}
