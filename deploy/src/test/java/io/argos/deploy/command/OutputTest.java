package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class OutputTest {
  private static final List<ObjectNode> ROWS =
      List.of(
          node().put("name", "edge1").put("load", 5).put("note", "a\n\u001b[31mred"),
          node().put("name", "core").put("load", 1500).putNull("note"));

  @Test
  void alignsATableAndLetsNoCellSteerTheTerminal() {
    assertThat(rows("table"))
        .isEqualTo(
            """
            NAME   LOAD  NOTE
            edge1     5  a\\n\\u001b[31mred
            core   1500  -
            """);
  }

  @Test
  void printsTheSameRowsAsJsonAndYaml() {
    assertThat(rows("json"))
        .isEqualTo(
            """
            [ {
              "name" : "edge1",
              "load" : 5,
              "note" : "a\\n\\u001B[31mred"
            }, {
              "name" : "core",
              "load" : 1500,
              "note" : null
            } ]
            """);
    assertThat(rows("yaml"))
        .isEqualTo(
            """
            - name: edge1
              load: 5
              note: "a\\n\\e[31mred"
            - name: core
              load: 1500
              note: null
            """);
  }

  @Test
  void printsNothingAsAnEmptyTableAndAnEmptyArray() {
    assertThat(print("table", List.of())).isEmpty();
    assertThat(print("json", List.of()).strip()).isEqualTo("[ ]");
    assertThat(print("yaml", List.of()).strip()).isEqualTo("[]");
  }

  @Test
  void flattensADocumentForPeople() {
    var document = node().put("id", "a");
    document.putObject("node").put("health", "OK").putArray("flags").add("x").add("y");
    document.putArray("claims").addObject().put("source", "s");

    var out = new ByteArrayOutputStream();
    output("table").document(new PrintStream(out, true, StandardCharsets.UTF_8), document);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            KEY               VALUE
            id                a
            node.health       OK
            node.flags        x, y
            claims[0].source  s
            """);
  }

  private static String rows(String format) {
    return print(format, ROWS);
  }

  private static String print(String format, List<ObjectNode> rows) {
    var out = new ByteArrayOutputStream();
    output(format).rows(new PrintStream(out, true, StandardCharsets.UTF_8), rows);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Output output(String format) {
    var output = new Output();
    new CommandLine(output).setCaseInsensitiveEnumValuesAllowed(true).parseArgs("-o", format);
    return output;
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
