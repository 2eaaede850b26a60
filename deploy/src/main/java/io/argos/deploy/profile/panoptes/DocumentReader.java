package io.argos.deploy.profile.panoptes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.argos.config.ConfigException;
import io.argos.config.ConfigProblem;
import io.argos.deploy.profile.panoptes.PanoptesDocument.Cast;
import io.argos.deploy.profile.panoptes.PanoptesDocument.Device;
import io.argos.deploy.profile.panoptes.PanoptesDocument.Group;
import io.argos.deploy.profile.panoptes.PanoptesDocument.Source;
import io.argos.deploy.profile.panoptes.PanoptesDocument.Target;
import io.argos.snmp.Oid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a document in any of the forms in which it is found: by itself as in a file of the plugin,
 * or within what Redis holds ({@code data}) or the enrichment plugin emits ({@code enrichment},
 * {@code group_sets}), as long as it is the only one there.
 */
final class DocumentReader {
  private static final Map<String, Cast> CASTS = new LinkedHashMap<>();
  private static final String GROUPS = "metrics_groups";
  private static final Set<String> TARGET_KEYS =
      Set.of(
          "value",
          "type",
          "metric_type",
          "indices",
          "indices_from",
          "transform",
          "top_level",
          "evaluate");

  private static final Set<String> SOURCE_KEYS =
      Set.of("method", "values", "oid", "index_transform");
  private static final String IGNORE_EMPTY = "ignore_empty_dimensions";
  private static final Set<String> GROUP_KEYS =
      Set.of("group_name", IGNORE_EMPTY, "dimensions", "metrics");

  static {
    for (String word :
        List.of(
            "integer",
            "int",
            "long",
            "Integer",
            "Integer32",
            "UInteger32",
            "Counter32",
            "Counter64",
            "Gauge32",
            "TimeTicks")) {
      CASTS.put(word, Cast.INTEGER);
    }
    CASTS.put("float", Cast.NUMBER);
    CASTS.put("double", Cast.NUMBER);
    for (String word :
        List.of(
            "string",
            "str",
            "Octet String",
            "Object Identifier",
            "Bit String",
            "IpAddress",
            "Opaque",
            "NsapAddress")) {
      CASTS.put(word, Cast.TEXT);
    }
  }

  private final String file;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final List<String> left;

  /**
   * A reader.
   *
   * @param left takes what is of no use to a profile
   */
  DocumentReader(String file, List<String> left) {
    this.file = file;
    this.left = left;
  }

  /**
   * The document.
   *
   * @throws ConfigException with every place where it is none
   */
  PanoptesDocument read(String text) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      problems.add(
          new ConfigProblem(
              file,
              place == null ? 1 : place.getLineNr(),
              place == null ? 1 : place.getColumnNr(),
              "",
              "is not JSON: " + e.getOriginalMessage()));
      throw new ConfigException(problems);
    }
    List<JsonNode> found = root.findParents(GROUPS);
    JsonNode body = found.isEmpty() ? root : found.getFirst();
    if (found.size() > 1) {
      problem("", "holds the documents of " + found.size() + " devices; give that of one");
    }
    List<JsonNode> emitted = root.findParents("resource");
    JsonNode device = (emitted.isEmpty() ? root : emitted.getFirst()).path("resource");
    if (!body.path(GROUPS).isArray()) {
      problem(GROUPS, "a list of metrics groups is expected");
    }
    if (!body.path("oids").isObject()) {
      problem("oids", "a mapping of names to what they stand for is expected");
    }
    Map<String, Source> sources = new LinkedHashMap<>();
    body.path("oids").properties().forEach(one -> source(one.getKey(), one.getValue(), sources));
    List<Group> groups = new ArrayList<>();
    for (JsonNode group : body.path(GROUPS)) {
      groups.add(group(GROUPS + "[" + groups.size() + "]", group));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new PanoptesDocument(sources, groups, snmp(body.path("snmp")), device(device));
  }

  private static Device device(JsonNode resource) {
    return new Device(
        resource.path("resource_class").asText(),
        resource.path("resource_subclass").asText(),
        resource.path("resource_type").asText(),
        resource.path("resource_metadata").path("model").asText());
  }

  private int snmp(JsonNode snmp) {
    if (snmp.path("non_repeaters").asInt() != 0) {
      left.add("snmp.non_repeaters: scalars are packed without it");
    }
    int repetitions = snmp.path("max_repetitions").asInt();
    if (repetitions < 0 || repetitions > 1_000) {
      left.add("snmp.max_repetitions: " + repetitions + " is not from 1 to 1000");
      return 0;
    }
    return repetitions;
  }

  private void source(String name, JsonNode spec, Map<String, Source> sources) {
    String path = "oids." + name;
    unknown(path, spec, SOURCE_KEYS);
    String method = spec.path("method").asText();
    switch (method) {
      case "static" -> {
        if (!spec.path("values").isObject()) {
          problem(path + ".values", "a mapping of indexes to values is expected");
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        spec.path("values").properties().forEach(one -> values.put(one.getKey(), one.getValue()));
        sources.put(name, new Source.Static(values));
      }
      case "get" -> sources.put(name, new Source.Get(oid(path, spec)));
      case "bulk_walk" -> {
        Map<String, String> transform = new LinkedHashMap<>();
        spec.path("index_transform")
            .properties()
            .forEach(one -> transform.put(one.getKey(), one.getValue().asText()));
        sources.put(name, new Source.Walk(oid(path, spec), transform));
      }
      default -> problem(path + ".method", "'" + method + "' is not one of static, get, bulk_walk");
    }
  }

  private String oid(String path, JsonNode spec) {
    try {
      Oid oid = Oid.parse(spec.path("oid").asText());
      if (oid.length() >= 2) {
        return oid.toString();
      }
      problem(path + ".oid", "an oid is expected");
    } catch (IllegalArgumentException e) {
      problem(path + ".oid", String.valueOf(e.getMessage()));
    }
    return "";
  }

  private Group group(String path, JsonNode spec) {
    String name = spec.path("group_name").asText();
    if (name.isEmpty()) {
      problem(path + ".group_name", "a name is expected");
    }
    if (!spec.path("metrics").isObject()) {
      problem(path + ".metrics", "a mapping of names to metrics is expected");
    }
    unknown(path, spec, GROUP_KEYS);
    if (spec.has(IGNORE_EMPTY) && !spec.path(IGNORE_EMPTY).asBoolean()) {
      left.add(path + "." + IGNORE_EMPTY + ": rows that lack a dimension go out without it");
    }
    return new Group(
        path,
        name,
        targets(path + ".dimensions", spec.path("dimensions")),
        targets(path + ".metrics", spec.path("metrics")));
  }

  private List<Target> targets(String path, JsonNode specs) {
    List<Target> targets = new ArrayList<>();
    specs
        .properties()
        .forEach(one -> target(path + "." + one.getKey(), one.getKey(), one.getValue(), targets));
    return targets;
  }

  private void target(String path, String name, JsonNode spec, List<Target> targets) {
    boolean isShort = !spec.isObject();
    JsonNode value = isShort ? spec : spec.path("value");
    if (!value.isTextual() && !value.isNumber()) {
      problem(path + (isShort ? "" : ".value"), "a number or an expression is expected");
      return;
    }
    if (!isShort) {
      unknown(path, spec, TARGET_KEYS);
    }
    String kind = spec.path("metric_type").asText("gauge");
    if (!kind.equals("gauge") && !kind.equals("counter")) {
      left.add(path + ".metric_type: '" + kind + "' is not one of gauge, counter");
    }
    String fallback = value.isFloatingPointNumber() ? "float" : "integer";
    String type = spec.path("type").asText(fallback);
    Cast cast = CASTS.get(type);
    if (cast == null) {
      left.add(path + ".type: '" + type + "' is not a type that is known");
    }
    List<String> indexes = new ArrayList<>();
    // With the key evaluate the list says nothing of where the value belongs.
    if (!spec.has("evaluate")) {
      spec.path("indices").forEach(index -> indexes.add(index.asText()));
    }
    targets.add(
        new Target(
            path,
            name,
            value.isTextual() ? TextNode.valueOf(value.asText()) : value,
            cast == null ? Cast.INTEGER : cast,
            spec.path("metric_type").asText().equals("counter"),
            indexes,
            spec.path("indices_from").asText(),
            spec.path("transform").asText(),
            spec.has("top_level")));
  }

  private void unknown(String path, JsonNode spec, Set<String> known) {
    spec.propertyStream()
        .map(Map.Entry::getKey)
        .filter(key -> !known.contains(key))
        .forEach(key -> left.add(path + "." + key + ": is not a key that is known"));
  }

  private void problem(String path, String message) {
    problems.add(new ConfigProblem(file, 0, 0, path, message));
  }
}
