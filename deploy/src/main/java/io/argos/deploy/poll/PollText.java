package io.argos.deploy.poll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.argos.deploy.log.Escapes;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The document of one poll for a person: the device, then each row of each group with its values.
 */
public final class PollText {
  private final PrintStream out;

  public PollText(PrintStream out) {
    this.out = out;
  }

  /** Prints it. What the device sent is escaped, or it could steer the terminal. */
  public void print(ObjectNode poll) {
    JsonNode profile = poll.path("profile");
    fact("endpoint", poll.path("endpoint").asText());
    fact("status", poll.path("status").asText());
    fact("profile", profile.path("name").asText("-") + ", " + profile.path("because").asText());
    if (poll.has("uptime")) {
      fact("uptime", uptime(Duration.parse(poll.path("uptime").asText())));
    }
    poll.path("device").properties().forEach(e -> fact(e.getKey(), e.getValue().asText()));
    poll.path("enrichments")
        .properties()
        .forEach(table -> {
          int rows = 0;
          for (JsonNode group : table.getValue()) {
            rows += group.path("rows").size();
          }
          fact("table " + table.getKey(), rows + " rows");
        });
    poll.path("groups").forEach(this::group);
  }

  private void group(JsonNode group) {
    out.println();
    out.printf(
        "GROUP %s, section %s, %d %s%n",
        Escapes.line(group.path("name").asText()),
        Escapes.line(group.path("section").asText()),
        group.path("rows").size(),
        group.path("rows").size() == 1 ? "row" : "rows");
    Map<String, String> units = new HashMap<>();
    int width = 0;
    for (JsonNode column : group.path("columns")) {
      String name = column.path("name").asText();
      boolean counter = column.path("kind").asText().equals("COUNTER");
      String unit = column.path("unit").asText();
      units.put(name, (unit.equals("1") ? "" : " " + unit) + (counter ? "  counter" : ""));
      width = Math.max(width, name.length());
    }
    for (JsonNode row : group.path("rows")) {
      out.println("  " + Escapes.line(row.path("row").asText()));
      StringJoiner dimensions = new StringJoiner("  ");
      row.path("dimensions")
          .properties()
          .forEach(e -> dimensions.add(e.getKey() + "=" + e.getValue().asText()));
      if (dimensions.length() > 0) {
        out.println("    " + Escapes.line(dimensions.toString()));
      }
      for (Map.Entry<String, JsonNode> value : row.path("values").properties()) {
        out.printf(
            "    %-" + width + "s  %s%s%n",
            value.getKey(),
            Escapes.line(value.getValue().asText()),
            units.getOrDefault(value.getKey(), ""));
      }
    }
  }

  private void fact(String name, String value) {
    out.printf("%-14s %s%n", name, Escapes.line(value));
  }

  private static String uptime(Duration up) {
    return "%dd %02dh %02dm %02ds"
        .formatted(up.toDays(), up.toHoursPart(), up.toMinutesPart(), up.toSecondsPart());
  }
}
