package io.argos.deploy.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/**
 * Prints data: the same rows as a table for people, as JSON or as YAML for programs. Mixed into a
 * command: {@code @Mixin Output output}.
 */
public final class Output {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .build());

  /** How rows are printed. */
  public enum Format {
    TABLE,
    JSON,
    YAML
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table, json or yaml. Default: table.")
  private Format format = Format.TABLE;

  public Format format() {
    return format;
  }

  /** Prints rows; the columns of a table are the fields of all rows in order of appearance. */
  public void rows(PrintStream out, List<ObjectNode> rows) {
    switch (format) {
      case TABLE -> table(out, rows);
      case JSON, YAML -> {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        rows.forEach(all::add);
        document(out, all);
      }
    }
  }

  /** Prints one document; as a table, each of its leaves with its path. */
  public void document(PrintStream out, JsonNode document) {
    document(out, document, format);
  }

  /** Prints one document as JSON where that was asked for by another option. */
  void document(PrintStream out, JsonNode document, boolean json) {
    document(out, document, json ? Format.JSON : format);
  }

  private static void document(PrintStream out, JsonNode document, Format format) {
    try {
      switch (format) {
        case TABLE -> {
          var leaves = new ArrayList<ObjectNode>();
          flatten("", document, leaves);
          table(out, leaves);
        }
        case JSON ->
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        case YAML -> out.print(YAML.writeValueAsString(document));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot print a " + document.getNodeType(), e);
    }
  }

  private static void flatten(String path, JsonNode node, List<ObjectNode> leaves) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(field ->
              flatten(
                  path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                  field.getValue(),
                  leaves));
    } else if (node.isArray() && !node.isEmpty() && node.get(0).isContainerNode()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "[" + i + "]", node.get(i), leaves);
      }
    } else {
      leaves.add(JsonNodeFactory.instance.objectNode().put("key", path).put("value", cell(node)));
    }
  }

  private static void table(PrintStream out, List<ObjectNode> rows) {
    if (rows.isEmpty()) {
      return;
    }
    var columns = new LinkedHashSet<String>();
    rows.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
    var names = List.copyOf(columns);
    int[] widths = new int[names.size()];
    boolean[] numeric = new boolean[names.size()];
    var lines = new ArrayList<List<String>>();
    lines.add(names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList());
    for (var row : rows) {
      lines.add(names.stream().map(name -> cell(row.path(name))).toList());
    }
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] = lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
      numeric[i] =
          rows.stream()
              .map(row -> row.path(names.get(column)))
              .allMatch(value -> value.isNumber() || value.isMissingNode() || value.isNull());
    }
    for (var line : lines) {
      var text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        var padding = " ".repeat(widths[i] - line.get(i).length());
        text.append(i == 0 ? "" : "  ");
        text.append(numeric[i] ? padding + line.get(i) : line.get(i) + padding);
      }
      out.println(text.toString().stripTrailing());
    }
  }

  /** Text of one cell. What a device sent must not steer the terminal, so it is escaped. */
  private static String cell(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "-";
    }
    if (value.isArray() && !value.isEmpty()) {
      var items = new ArrayList<String>();
      value.forEach(item -> items.add(cell(item)));
      return String.join(", ", items);
    }
    var text =
        value.isContainerNode() ? (value.isEmpty() ? "-" : value.toString()) : value.asText();
    return io.argos.deploy.log.Escapes.line(text);
  }
}
