package io.argos.deploy.profile.panoptes;

import com.fasterxml.jackson.databind.JsonNode;
import io.argos.deploy.profile.panoptes.PanoptesDocument.Source;
import io.argos.deploy.profile.panoptes.Term.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of a metrics group while its expressions ask for columns. */
final class TableDraft {
  private static final Set<String> RESERVED =
      Set.of("and", "or", "not", "in", "true", "false", "none", "index", "key", "interval");

  private final String name;
  private final Map<String, String> transform;
  private final Set<String> taken;
  private final Set<String> presence = new LinkedHashSet<>();
  private final Map<String, String> slow = new LinkedHashMap<>();
  private final Map<String, String> fast = new LinkedHashMap<>();
  private final Map<String, Term> known = new HashMap<>();

  /**
   * A table.
   *
   * @param walks the walks of which the indexes are its rows, all of one transform
   * @param avoid names that its columns may not have
   */
  TableDraft(
      String name, List<Source.Walk> walks, Map<String, String> transform, Set<String> avoid) {
    this.name = name;
    this.transform = transform;
    this.taken = new HashSet<>(avoid);
    for (Source.Walk walk : walks) {
      if (walk.transform().equals(transform) && presence.add(walk.oid())) {
        slow.put(
            free("present" + (presence.size() == 1 ? "" : "_" + presence.size())),
            "{ oid: " + walk.oid() + ", keep: false }");
      }
    }
  }

  String name() {
    return name;
  }

  /** What tells the index of a row as the document has it. */
  Term index() throws UntranslatableException {
    if (transform.isEmpty()) {
      return Term.of("index", Kind.TEXT);
    }
    return known("index", "row_index", Kind.TEXT, "index", quoted(transform), " ?? index");
  }

  /** What the enrichment found for a row. */
  Term value(String source, Source.Static found, Kind wanted) throws UntranslatableException {
    Kind kind = kindOf(found, wanted);
    Map<String, String> literals = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> value : found.values().entrySet()) {
      String text = value.getValue().asText();
      if (isRow(value.getKey()) && !value.getValue().isNull() && !text.isEmpty()) {
        literals.put(value.getKey(), literal(text, kind));
      }
    }
    return known(kind + " " + source, source, kind, index().text(), literals, "");
  }

  static String literal(String text, Kind kind) throws UntranslatableException {
    return kind == Kind.TEXT ? Term.literal(text).text() : text.trim();
  }

  /** Numbers where all of them are and a text is not wanted. */
  static Kind kindOf(Source.Static found, Kind wanted) {
    boolean integral = true;
    for (JsonNode value : found.values().values()) {
      String text = value.asText().trim();
      if (wanted == Kind.TEXT || !text.matches("-?\\d{1,18}(\\.\\d{1,17})?([eE][-+]?\\d{1,2})?")) {
        return Kind.TEXT;
      }
      integral &= text.matches("-?\\d+");
    }
    return integral ? Kind.INTEGER : Kind.NUMBER;
  }

  /** Whether the enrichment found a row, whatever its value is. */
  Term member(String source, Source.Static found) throws UntranslatableException {
    Map<String, String> members = new LinkedHashMap<>();
    found.values().keySet().stream().filter(this::isRow).forEach(key -> members.put(key, "true"));
    Term column =
        known("member " + source, "is_" + source, Kind.BOOLEAN, index().text(), members, "");
    return Term.call("present", Kind.BOOLEAN, column.text());
  }

  /** Only dotted numbers are indexes, unless they go by another name. */
  private boolean isRow(String key) {
    return !transform.isEmpty() || key.matches("\\d+(\\.\\d+)*");
  }

  /** A column that is read with each poll. */
  Term polled(String source, Source.Walk walk, Kind kind) throws UntranslatableException {
    String key = "fast " + kind + " " + source;
    Term before = known.get(key);
    if (before != null) {
      return before;
    }
    String column = free(source);
    fast.put(column, "{ oid: " + walk.oid() + as(kind, Kind.INTEGER) + at(walk) + " }");
    Term term = Term.of(column, kind);
    known.put(key, term);
    return term;
  }

  /** How a column is read, for a column whose kind is another by default. */
  static String as(Kind kind, Kind byDefault) {
    return kind == byDefault ? "" : ", as: " + kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** How a row finds its place in a walk whose indexes are others. */
  String at(Source.Walk walk) throws UntranslatableException {
    if (walk.transform().equals(transform)) {
      return "";
    }
    Map<String, String> back = new LinkedHashMap<>();
    walk.transform().forEach((polled, row) -> back.putIfAbsent(row, polled));
    Term column =
        known(
            "at " + back,
            "polled_index",
            Kind.TEXT,
            index().text(),
            quoted(back),
            " ?? " + index().text());
    return ", at: " + column.text();
  }

  /** A column that is read with the enrichment. */
  Term read(String source, Source.Walk walk) throws UntranslatableException {
    if (!walk.transform().equals(transform)) {
      throw new UntranslatableException(
          "oids." + source + " is a dimension by another index_transform than the rows");
    }
    String key = "slow " + source;
    Term before = known.get(key);
    if (before != null) {
      return before;
    }
    String column = free(source);
    slow.put(column, "{ oid: " + walk.oid() + " }");
    Term term = Term.of(column, Kind.TEXT);
    known.put(key, term);
    return term;
  }

  private static Map<String, String> quoted(Map<String, String> texts)
      throws UntranslatableException {
    Map<String, String> literals = new LinkedHashMap<>();
    for (Map.Entry<String, String> one : texts.entrySet()) {
      literals.put(one.getKey(), Term.literal(one.getValue()).text());
    }
    return literals;
  }

  private Term known(
      String key, String column, Kind kind, String by, Map<String, String> values, String rest)
      throws UntranslatableException {
    Term before = known.get(key);
    if (before != null) {
      return before;
    }
    if (values.isEmpty()) {
      throw UntranslatableException.nothing("oids." + column + " has no value for any row");
    }
    List<String> parts = new Cases(by, values).expressions();
    String own = free(column);
    if (parts.size() == 1 && rest.isEmpty()) {
      slow.put(own, "{ value: " + Yaml.lines(parts.getFirst()) + " }");
    } else {
      Set<String> names = new LinkedHashSet<>();
      for (String part : parts) {
        String partial = free(own + "_" + (names.size() + 1));
        names.add(partial);
        slow.put(partial, "{ keep: false, value: " + Yaml.lines(part) + " }");
      }
      slow.put(own, "{ value: \"" + String.join(" ?? ", names) + rest + "\" }");
    }
    Term term = Term.of(own, kind);
    known.put(key, term);
    return term;
  }

  private String free(String wanted) {
    String base = Yaml.name(wanted);
    String own = RESERVED.contains(base) ? base + "_" : base;
    int number = 1;
    while (!taken.add(own)) {
      own = base + "_raw" + (number++ == 1 ? "" : number);
    }
    return own;
  }

  /** True when it has rows. */
  boolean hasRows() {
    return !presence.isEmpty();
  }

  /** The table as it stands in the profile. */
  String text() {
    StringBuilder out = new StringBuilder();
    out.append("  ").append(name).append(":\n");
    List<String> rows = slow.keySet().stream().limit(presence.size()).toList();
    out.append("    rows: [").append(String.join(", ", rows)).append("]\n    columns:\n");
    slow.forEach((column, spec) -> out.append("      " + column + ": " + spec + "\n"));
    if (!fast.isEmpty()) {
      out.append("    polled:\n");
      fast.forEach((column, spec) -> out.append("      " + column + ": " + spec + "\n"));
    }
    return out.toString();
  }
}
