package io.argos.profile.format;

import io.argos.snmp.Oid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the keys of one mapping; {@link #done} reports those that nobody asked for. */
final class Fields {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Tree.Mapping mapping;
  private final List<Problem> problems;
  private final Set<String> asked = new HashSet<>();

  Fields(Tree.Mapping mapping, List<Problem> problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  /** A reader of a tree that should be a mapping; of an empty one when it is not. */
  static Fields of(Tree tree, String what, List<Problem> problems) {
    if (tree instanceof Tree.Mapping mapping) {
      return new Fields(mapping, problems);
    }
    problems.add(new Problem(tree.place(), what + " is a mapping of keys to values"));
    return new Fields(new Tree.Mapping(tree.place(), Map.of()), problems);
  }

  Place place() {
    return mapping.place();
  }

  boolean has(String key) {
    return mapping.fields().containsKey(key);
  }

  Optional<Tree> tree(String key) {
    asked.add(key);
    return Optional.ofNullable(mapping.fields().get(key)).map(Tree.Field::value);
  }

  Place placeOf(String key) {
    Tree.Field field = mapping.fields().get(key);
    return field == null ? mapping.place() : field.value().place();
  }

  Optional<Tree.Text> scalar(String key) {
    return tree(key)
        .flatMap(tree -> {
          if (tree instanceof Tree.Text text && !text.isNull()) {
            return Optional.of(text);
          }
          problem(tree.place(), key + " needs a single value");
          return Optional.empty();
        });
  }

  Optional<String> text(String key) {
    return scalar(key).map(Tree.Text::value);
  }

  boolean flag(String key, boolean fallback) {
    return scalar(key)
        .map(text -> {
          if (!text.value().equals("true") && !text.value().equals("false")) {
            problem(text.place(), key + " is true or false, not '" + text.value() + "'");
          }
          return text.value().equals("true");
        })
        .orElse(fallback);
  }

  /** One text or a list of them. */
  List<Tree.Text> texts(String key) {
    List<Tree.Text> found = new ArrayList<>();
    Optional<Tree> tree = tree(key);
    if (tree.isEmpty()) {
      return found;
    }
    List<Tree> items = tree.get() instanceof Tree.Items list ? list.items() : List.of(tree.get());
    for (Tree item : items) {
      if (item instanceof Tree.Text text && !text.isNull()) {
        found.add(text);
      } else {
        problem(item.place(), key + " is a value or a list of values");
      }
    }
    return found;
  }

  /** The entries of a mapping under a key, by their names; a name that is none is reported. */
  Map<String, Tree> entries(String key) {
    Map<String, Tree> entries = new LinkedHashMap<>();
    tree(key)
        .ifPresent(tree ->
            of(tree, key, problems)
                .mapping
                .fields()
                .forEach((name, field) -> {
                  if (!NAME.matcher(name).matches()) {
                    problem(
                        field.key(),
                        "'" + name + "' is not a name of letters, digits and underscores");
                  }
                  entries.put(name, field.value());
                }));
    return entries;
  }

  /** All entries of this mapping, whatever their keys. */
  Map<String, Tree> entries() {
    Map<String, Tree> entries = new LinkedHashMap<>();
    mapping.fields().forEach((key, field) -> entries.put(key, field.value()));
    asked.addAll(entries.keySet());
    return entries;
  }

  Optional<Oid> oid(String key) {
    return scalar(key).flatMap(text -> oid(text));
  }

  Optional<Oid> oid(Tree.Text text) {
    try {
      Oid oid = Oid.parse(text.value());
      if (oid.length() >= 2) {
        return Optional.of(oid);
      }
      problem(text.place(), "'" + text.value() + "' is not an oid such as 1.3.6.1.2.1.1.3.0");
    } catch (IllegalArgumentException e) {
      problem(text.place(), String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  Optional<Pattern> pattern(Tree.Text text) {
    try {
      return Optional.of(Pattern.compile(text.value()));
    } catch (PatternSyntaxException e) {
      problem(text.place(), "not a regular expression: " + e.getDescription());
      return Optional.empty();
    }
  }

  void problem(Place place, String message) {
    problems.add(new Problem(place, message));
  }

  List<Problem> problems() {
    return problems;
  }

  /** Reports every key that was not asked for. */
  void done(String what) {
    mapping
        .fields()
        .forEach((key, field) -> {
          if (!asked.contains(key)) {
            problem(
                field.key(),
                "'"
                    + key
                    + "' is not a key of "
                    + what
                    + "; known are "
                    + String.join(", ", new java.util.TreeSet<>(asked)));
          }
        });
  }
}
