package io.argos.profile.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares an expectation with what came. An expectation may say nothing of the profile, of the
 * device, or of a group as a whole: then it does not matter.
 */
final class Comparison {
  private final List<String> differences = new ArrayList<>();
  private int expected;
  private int equal;

  void differ(String difference) {
    differences.add(difference);
  }

  int expected() {
    return expected;
  }

  int equal() {
    return equal;
  }

  List<String> differences() {
    return differences;
  }

  void compare(JsonNode wanted, JsonNode actual) {
    if (wanted.has("profile")) {
      values("profile", wanted.path("profile"), actual.path("profile"));
    }
    if (wanted.has("device")) {
      fields("device", wanted.path("device"), actual.path("device"));
    }
    groups(wanted.path("groups"), actual.path("groups"));
  }

  private void groups(JsonNode wanted, JsonNode actual) {
    boolean keyed = !wanted.isEmpty() && wanted.get(0).has("key");
    Set<String> names = new HashSet<>();
    wanted.forEach(row -> names.add(row.path("group").asText()));
    Map<String, Deque<JsonNode>> came = new HashMap<>();
    for (JsonNode row : actual) {
      if (names.contains(row.path("group").asText()) || keyed) {
        came.computeIfAbsent(name(row, keyed), _ -> new ArrayDeque<>()).add(row);
      }
    }
    for (JsonNode row : wanted) {
      expected++;
      String name = name(row, keyed);
      Deque<JsonNode> candidates = came.get(name);
      if (candidates == null || candidates.isEmpty()) {
        differ(name + ": is missing");
        continue;
      }
      int before = differences.size();
      JsonNode found = candidates.removeFirst();
      fields(name, row.path("dimensions"), found.path("dimensions"));
      fields(name, row.path("metrics"), found.path("metrics"));
      if (differences.size() == before) {
        equal++;
      }
    }
    came.forEach((name, rows) -> rows.forEach(_ -> differ(name + ": is not expected")));
  }

  /** Section and key name a row; where an expectation has neither, its dimensions do. */
  private static String name(JsonNode row, boolean keyed) {
    String group = row.path("group").asText();
    return keyed
        ? group + " " + row.path("section").asText() + "[" + row.path("key").asText() + "]"
        : group + row.path("dimensions");
  }

  private void fields(String where, JsonNode wanted, JsonNode actual) {
    Set<String> names = new LinkedHashSet<>();
    wanted.fieldNames().forEachRemaining(names::add);
    actual.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      values(where + "." + name, wanted.path(name), actual.path(name));
    }
  }

  private void values(String where, JsonNode wanted, JsonNode actual) {
    if (!same(wanted, actual)) {
      differ(where + ": expected " + told(wanted) + ", is " + told(actual));
    }
  }

  private static boolean same(JsonNode wanted, JsonNode actual) {
    if (wanted.isObject() && actual.isObject()) {
      // A metric: type and value.
      return wanted.path("type").equals(actual.path("type"))
          && same(wanted.path("value"), actual.path("value"));
    }
    return wanted.isNumber() && actual.isNumber()
        ? wanted.asDouble() == actual.asDouble()
        : wanted.equals(actual);
  }

  private static String told(JsonNode node) {
    if (node.isMissingNode()) {
      return "nothing";
    }
    return node.isObject()
        ? node.path("type").asText() + " " + node.path("value").asText()
        : node.asText();
  }
}
