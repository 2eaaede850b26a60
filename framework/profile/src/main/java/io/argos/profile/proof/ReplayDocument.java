package io.argos.profile.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.profile.EnrichmentPlan;
import io.argos.profile.PollPlan;
import io.argos.schemas.Enrichment;
import io.argos.schemas.columnar.GroupBlock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of a replay, in the form of an expectation. */
final class ReplayDocument {
  static final String RESOURCE = "resource";

  private ReplayDocument() {}

  /**
   * The document.
   *
   * @param resource what the expectation says of the resource, carried over; may be missing
   */
  static ObjectNode of(Replay replay, PollPlan.Reading reading, JsonNode resource) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("profile", replay.profile().name());
    ObjectNode device = root.putObject("device");
    facts(replay).forEach(device::put);
    ArrayNode groups = root.putArray("groups");
    for (GroupBlock group : reading.groups()) {
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
    }
    if (resource.isObject()) {
      root.set(RESOURCE, resource);
    }
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
    Map<String, String> facts = new TreeMap<>();
    for (Enrichment device : replay.find("", EnrichmentPlan.DEVICE)) {
      device
          .getAttributes()
          .forEach((name, value) ->
              facts.put(name, name.startsWith(EnrichmentPlan.TABLE) ? "present" : value));
    }
    return facts;
  }
}
