package io.argos.deploy.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A generated module of snmp_exporter as a profile. Metrics keep their names; the labels of a
 * metric become dimensions of its row.
 */
public final class ExporterImport {
  /** Types of which the exporter makes numbers: times and sets of bits. */
  private static final Set<String> COMPOSED =
      Set.of("DateAndTime", "ParseDateAndTime", "NTPTimeStamp", "Bits");

  /** Types of which another column tells what the octets are. */
  private static final Set<String> AMBIGUOUS =
      Set.of("InetAddress", "InetAddressMissingSize", "LldpPortId");

  private static final Map<String, String> CONVERSIONS =
      Map.of(
          "PhysAddress48", "mac",
          "OctetString", "hex",
          "IpAddr", "address",
          "InetAddressIPv4", "address",
          "InetAddressIPv6", "address");

  private final String module;
  private final JsonNode tree;
  private final List<String> left = new ArrayList<>();
  private final StringBuilder out = new StringBuilder();

  /**
   * @param module name of the module
   * @param tree the module
   */
  public ExporterImport(String module, JsonNode tree) {
    this.module = module;
    this.tree = tree;
  }

  /**
   * What came of it.
   *
   * @param text the profile
   * @param left what could not be carried over, a sentence each
   */
  public record Imported(String text, List<String> left) {
    public Imported {
      left = List.copyOf(left);
    }
  }

  /** A table: the metrics whose oids differ in the last arc alone, under the same index. */
  private static final class Table {
    final Map<String, JsonNode> metrics = new LinkedHashMap<>();
    final Map<String, String> slow = new LinkedHashMap<>();
    final Map<String, String> dimensions = new LinkedHashMap<>();
  }

  /** The profile, under a name. */
  public Imported as(String name) {
    Map<String, JsonNode> scalars = new LinkedHashMap<>();
    Map<String, Table> tables = new TreeMap<>();
    for (JsonNode metric : tree.path("metrics")) {
      String metricName = metric.path("name").asText();
      if (metric.path("indexes").isEmpty()) {
        if (isNumber(metric)) {
          scalars.put(metricName, metric);
        } else if (!isComposed(metricName, metric)) {
          left.add(metricName + ": a scalar that is a text");
        }
      } else {
        add(tables, metricName, metric);
      }
      for (String key : List.of("regex_extracts", "offset", "display_hint")) {
        if (!metric.path(key).isMissingNode() && !isNothing(metric.path(key))) {
          left.add(metricName + ": " + key);
        }
      }
    }
    for (String key : List.of("filters", "auth")) {
      if (tree.has(key)) {
        left.add(key + (key.equals("auth") ? ": credentials are secrets here" : ""));
      }
    }
    head(name, !tables.isEmpty());
    tables.forEach((prefix, table) -> table(nameOf(prefix), table));
    out.append("groups:\n");
    if (!scalars.isEmpty()) {
      out.append("  scalars:\n    metrics:\n");
      scalars.forEach((metric, node) -> metric(metric, node, ".0"));
    }
    tables.forEach((prefix, table) -> group(nameOf(prefix), table));
    return new Imported(out.toString(), left);
  }

  private static String nameOf(String prefix) {
    return "table_" + prefix.replace('.', '_');
  }

  private static boolean isNumber(JsonNode metric) {
    return List.of("gauge", "counter", "Float", "Double", "EnumAsInfo", "EnumAsStateSet")
        .contains(metric.path("type").asText());
  }

  private static boolean isNothing(JsonNode value) {
    return value.isContainerNode()
        ? value.isEmpty()
        : value.asText().isEmpty() || (value.isNumber() && value.asDouble() == 0);
  }

  /** Tells of what is neither a number nor a text: the exporter makes numbers of its octets. */
  private boolean isComposed(String name, JsonNode metric) {
    String type = metric.path("type").asText();
    boolean isOne = COMPOSED.contains(type);
    if (isOne) {
      left.add(name + ": the numbers that are made of a " + type);
    }
    return isOne;
  }

  private void add(Map<String, Table> tables, String name, JsonNode metric) {
    if (isComposed(name, metric)) {
      return;
    }
    String oid = metric.path("oid").asText();
    Table table = tables.computeIfAbsent(oid.substring(0, oid.lastIndexOf('.')), _ -> new Table());
    int position = 0;
    JsonNode indexes = metric.path("indexes");
    for (JsonNode index : indexes) {
      String type = index.path("type").asText();
      String label = index.path("labelname").asText();
      if (indexes.size() == 1 && type.equals("gauge")) {
        table.dimensions.putIfAbsent(label, "text(index)");
      } else if (type.equals("gauge") && position >= 0) {
        table.dimensions.putIfAbsent(label, "text(arc(index, " + position + "))");
      } else {
        // What follows an index of unknown length stands nowhere in particular.
        position = Integer.MIN_VALUE;
        left.add(name + ": label " + label + " out of an index of type " + type);
      }
      if (!isNothing(index.path("enum_values"))) {
        left.add(name + ": the names of label " + label + "; its numbers are there");
      }
      position++;
    }
    for (JsonNode lookup : metric.path("lookups")) {
      String label = lookup.path("labelname").asText();
      if (lookup.path("labels").isEmpty()) {
        left.add(name + ": label " + label + " is there, which the module takes out");
      } else if (!isWholeIndex(lookup.path("labels"), indexes) || !lookup.has("oid")) {
        left.add(name + ": label " + label + " looked up by " + partOf(lookup, indexes));
      } else {
        slow(table, label, lookup);
        table.dimensions.put(label, label);
      }
    }
    if (isNumber(metric)) {
      table.metrics.put(name, metric);
    } else {
      slow(table, name, metric);
      table.dimensions.put(name, name);
    }
  }

  /** Only what is looked up by all of its own index, in its order, stands in the same row. */
  private static boolean isWholeIndex(JsonNode labels, JsonNode indexes) {
    return labels.size() == indexes.size()
        && IntStream.range(0, labels.size())
            .allMatch(i -> labels.get(i).asText().equals(labelOf(indexes.get(i))));
  }

  private static String labelOf(JsonNode index) {
    return index.path("labelname").asText();
  }

  private static String partOf(JsonNode lookup, JsonNode indexes) {
    for (JsonNode label : lookup.path("labels")) {
      if (indexes.valueStream().noneMatch(index -> labelOf(index).equals(label.asText()))) {
        return "label " + label.asText();
      }
    }
    return "a part of the index";
  }

  private void slow(Table table, String name, JsonNode source) {
    String type = source.path("type").asText();
    String as = CONVERSIONS.containsKey(type) ? ", as: " + CONVERSIONS.get(type) : "";
    if (COMPOSED.contains(type) || AMBIGUOUS.contains(type)) {
      left.add(name + ": a label of type " + type + " is read as text");
    }
    table.slow.put(name, "{ oid: " + source.path("oid").asText() + as + " }");
  }

  private void head(String name, boolean hasTables) {
    out.append("# The module ").append(module).append(" of snmp_exporter.\n");
    out.append("profile: ").append(name).append("\nformat: 1\n");
    out.append("# Say which devices it fits; until then it is those with a label.\n");
    out.append("match:\n  - labels: { module: '^").append(module).append("$' }\n");
    int repetitions = tree.path("max_repetitions").asInt();
    int retries = tree.path("retries").asInt();
    List<String> bounds = new ArrayList<>();
    if (repetitions > 0) {
      bounds.add("max-repetitions: " + repetitions);
    }
    if (retries > 0) {
      bounds.add("retries: " + retries);
    }
    String timeout = tree.path("timeout").asText();
    if (timeout.matches("\\d{1,4}s")) {
      bounds.add("timeout: PT" + timeout.replace('s', 'S'));
    } else if (!timeout.isEmpty()) {
      left.add("timeout " + timeout);
    }
    if (tree.path("allow_nonincreasing_oids").asBoolean()) {
      bounds.add("unordered: true");
    }
    if (!bounds.isEmpty()) {
      out.append("snmp: { ").append(String.join(", ", bounds)).append(" }\n");
    }
    if (hasTables) {
      out.append("tables:\n");
    }
  }

  private void table(String name, Table table) {
    out.append("  ").append(name).append(":\n    columns:\n");
    table.slow.forEach((column, spec) -> out.append("      " + column + ": " + spec + "\n"));
    if (table.slow.isEmpty()) {
      // Without a slow column nobody would know the rows.
      String oid = table.metrics.values().iterator().next().path("oid").asText();
      out.append("      present: { oid: " + oid + ", as: number, keep: false }\n");
    }
  }

  private void group(String name, Table table) {
    if (table.metrics.isEmpty()) {
      left.add(name + ": a table of texts alone has no metrics; it is an enrichment");
      return;
    }
    out.append("  ").append(name).append(":\n    table: ").append(name).append('\n');
    out.append("    dimensions:\n");
    table.dimensions.forEach(
        (label, value) -> out.append("      " + label + ": { value: \"" + value + "\" }\n"));
    out.append("    metrics:\n");
    table.metrics.forEach((metric, node) -> metric(metric, node, ""));
  }

  private void metric(String name, JsonNode metric, String instance) {
    String type = metric.path("type").asText();
    if (type.startsWith("Enum")) {
      left.add(name + ": the names of its values; its numbers are there");
    }
    out.append("      ").append(name).append(": { oid: ");
    out.append(metric.path("oid").asText()).append(instance);
    if (type.equals("counter")) {
      out.append(", kind: counter");
    }
    if (type.equals("Float") || type.equals("Double")) {
      out.append(", as: number");
    }
    if (metric.path("scale").asDouble() != 0) {
      out.append(", scale: ").append(metric.path("scale").asText());
    }
    out.append(" }\n");
  }
}
