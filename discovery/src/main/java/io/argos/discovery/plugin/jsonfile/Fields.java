package io.argos.discovery.plugin.jsonfile;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The fields of one entry. A field that is not as expected becomes a problem and reads as empty, so
 * that one look at an entry finds all its problems.
 */
final class Fields {
  /** Names of labels are words: they are used in filters. */
  private static final Pattern LABEL = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

  private static final String TEXT = "a non-empty string";

  private final JsonNode entry;
  private final List<String> problems = new ArrayList<>();

  Fields(JsonNode entry) {
    this.entry = entry;
  }

  List<String> problems() {
    return problems;
  }

  void problem(String field, String rule) {
    problems.add(field + ": " + rule);
  }

  boolean anyBeginsWith(String prefix) {
    return entry.propertyStream().anyMatch(field -> field.getKey().startsWith(prefix));
  }

  /** Makes a problem of each field that is not among these. */
  void only(Set<String> known) {
    entry
        .propertyStream()
        .map(Map.Entry::getKey)
        .filter(name -> !known.contains(name))
        .forEach(name ->
            problem(name, "no such field; there are " + String.join(", ", new TreeSet<>(known))));
  }

  /** True when the field is there, whatever it holds; a problem when it is not. */
  boolean required(String field) {
    if (!entry.has(field)) {
      problem(field, "is missing");
      return false;
    }
    return true;
  }

  String requiredText(String field) {
    return required(field) ? textOf(field, entry.path(field)) : "";
  }

  /** The text of a field; empty when it is absent or null. */
  Optional<String> text(String field) {
    JsonNode node = entry.path(field);
    return node.isMissingNode() || node.isNull()
        ? Optional.empty()
        : Optional.of(textOf(field, node)).filter(text -> !text.isEmpty());
  }

  private String textOf(String field, JsonNode node) {
    if (node.isTextual() && !node.textValue().isBlank()) {
      return node.textValue();
    }
    expected(field, node, TEXT);
    return "";
  }

  boolean flag(String field) {
    JsonNode node = entry.path(field);
    if (!node.isMissingNode() && !node.isBoolean()) {
      expected(field, node, "true or false");
    }
    return node.asBoolean();
  }

  /** A list of texts; a single text counts as a list of one. */
  List<String> texts(String field) {
    return textsOf(field, entry.path(field));
  }

  private List<String> textsOf(String field, JsonNode node) {
    if (node.isMissingNode()) {
      return List.of();
    }
    if (!node.isArray()) {
      return List.of(textOf(field, node));
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node) {
      texts.add(textOf(field, element));
    }
    return texts;
  }

  /** An object of texts, or of lists of texts. */
  Map<String, List<String>> textsByName(String field) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    object(field)
        .propertyStream()
        .forEach(named ->
            found.put(named.getKey(), textsOf(field + "." + named.getKey(), named.getValue())));
    return found;
  }

  /** An object of labels, leaving some out. */
  Map<String, String> labels(String field, Set<String> leftOut) {
    Map<String, String> labels = new LinkedHashMap<>();
    object(field)
        .propertyStream()
        .filter(named -> !leftOut.contains(named.getKey()))
        .forEach(named -> {
          String place = field + "." + named.getKey();
          if (!LABEL.matcher(named.getKey()).matches()) {
            problem(place, "its name is not a word of letters, digits and _");
          }
          labels.put(named.getKey(), textOf(place, named.getValue()));
        });
    return labels;
  }

  private JsonNode object(String field) {
    JsonNode node = entry.path(field);
    if (!node.isMissingNode() && !node.isObject()) {
      expected(field, node, "an object");
    }
    return node;
  }

  /** A field inside an object. */
  JsonNode within(String object, String field) {
    return entry.path(object).path(field);
  }

  /** Whole seconds above 0, as a number or its text; the fallback when absent. */
  long seconds(String place, JsonNode node, long fallback) {
    if (node.isMissingNode()) {
      return fallback;
    }
    String text = node.isTextual() || node.isIntegralNumber() ? node.asText() : "";
    try {
      long seconds = Long.parseLong(text);
      if (seconds > 0) {
        return seconds;
      }
    } catch (NumberFormatException _) {
      // is named below, as numbers out of bounds are
    }
    expected(place, node, "a whole number of seconds above 0");
    return fallback;
  }

  /** A duration in ISO-8601, or whole seconds. */
  long durationSeconds(String field, long fallback) {
    JsonNode node = entry.path(field);
    if (node.isTextual() && node.textValue().startsWith("P")) {
      try {
        long seconds = Duration.parse(node.textValue()).toSeconds();
        if (seconds > 0) {
          return seconds;
        }
      } catch (DateTimeParseException _) {
        // is named below, as durations out of bounds are
      }
      expected(field, node, "a duration such as PT24H");
      return fallback;
    }
    return seconds(field, node, fallback);
  }

  /** Makes a problem of a field that is not a number, a text or null. */
  void anyTime(String field) {
    JsonNode node = entry.path(field);
    if (!node.isMissingNode() && !node.isNumber() && !node.isTextual() && !node.isNull()) {
      expected(field, node, "a number of seconds");
    }
  }

  private void expected(String field, JsonNode found, String expectation) {
    problem(field, "%s stands where %s is expected".formatted(kindOf(found), expectation));
  }

  /** What a node is, in words; short values are quoted. */
  static String kindOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case NULL -> "null";
      case MISSING -> "nothing";
      case STRING ->
          node.textValue().isBlank()
              ? "an empty string"
              : node.textValue().length() > 40 ? "a long string" : "'" + node.textValue() + "'";
      case NUMBER, BOOLEAN -> node.asText();
      case BINARY, POJO -> "a value";
    };
  }
}
