package io.argos.profile.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.argos.schemas.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The expected side of a recording, as its JSON file has it.
 *
 * @param resource the resource that the device is
 * @param rows the rows of its groups
 * @param interfaces the rows of the enrichment of interfaces, where the file has them
 */
public record ExpectedGroups(Resource resource, List<Replay.Row> rows, JsonNode interfaces) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public ExpectedGroups {
    rows = List.copyOf(rows);
  }

  /** Nothing, of a device of which only its answers tell. */
  public static ExpectedGroups none() {
    JsonNode nothing = MissingNode.getInstance();
    return new ExpectedGroups(resource(nothing), List.of(), nothing);
  }

  /** Reads a file. */
  public static ExpectedGroups read(Path file) {
    return of(json(file));
  }

  /** What a tree expects. */
  static ExpectedGroups of(JsonNode tree) {
    List<Replay.Row> rows = new ArrayList<>();
    for (JsonNode group : tree.path("groups")) {
      Map<String, String> dimensions = new TreeMap<>();
      group
          .path("dimensions")
          .properties()
          .forEach(entry -> dimensions.put(entry.getKey(), entry.getValue().asText()));
      Map<String, Replay.Metric> metrics = new TreeMap<>();
      group
          .path("metrics")
          .properties()
          .forEach(entry ->
              metrics.put(
                  entry.getKey(),
                  new Replay.Metric(
                      entry.getValue().path("type").asText(),
                      entry.getValue().path("value").asDouble())));
      rows.add(new Replay.Row(group.path("group").asText(), dimensions, metrics));
    }
    return new ExpectedGroups(resource(tree.path("resource")), rows, tree.path("interfaces"));
  }

  /** The tree of a file. */
  public static JsonNode json(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Resource resource(JsonNode tree) {
    Map<String, String> labels = new HashMap<>();
    if (tree.has("model")) {
      labels.put("model", tree.path("model").asText());
    }
    return Replay.resource(
        tree.path("class").asText("unknown"),
        tree.path("subclass").asText("unknown"),
        tree.path("type").asText("unknown"),
        labels);
  }

  /** Those of some rows whose group is among the expected: others may come besides. */
  public List<Replay.Row> among(List<Replay.Row> actual) {
    Set<String> names = new HashSet<>();
    rows.forEach(row -> names.add(row.group()));
    return actual.stream().filter(row -> names.contains(row.group())).toList();
  }
}
