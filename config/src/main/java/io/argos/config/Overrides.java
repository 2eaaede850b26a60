package io.argos.config;

import io.argos.config.Shape.FreeShape;
import io.argos.config.Shape.ListShape;
import io.argos.config.Shape.MapShape;
import io.argos.config.Shape.RecordShape;
import io.argos.config.Shape.ScalarShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lays single values over a tree: {@code --set kafka.user=argos}, {@code --set
 * polling.interfaces.interval=10s} (an entry by its name) and {@code ARGOS__KAFKA__USER=argos}.
 */
final class Overrides {
  /** Two underscores, so that {@code ARGOS_CONFIG} and the like are no keys. */
  static final String PREFIX = "ARGOS__";

  private final RecordShape root;
  private final Expander expander;
  private final Problems problems;

  Overrides(RecordShape root, Expander expander, Problems problems) {
    this.root = root;
    this.expander = expander;
    this.problems = problems;
  }

  Tree.Mapping environment(Tree.Mapping tree, Map<String, String> variables) {
    var result = tree;
    for (var variable : new TreeMap<>(variables).entrySet()) {
      if (variable.getKey().startsWith(PREFIX)) {
        var path =
            variable
                .getKey()
                .substring(PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace("__", ".")
                .replace('_', '-');
        var origin = new Origin.InEnvironment(variable.getKey());
        var value = YamlFile.value(variable.getValue(), origin, path, problems);
        if (value.isPresent()) {
          result = lay(result, path, value.get());
        }
      }
    }
    return result;
  }

  Tree.Mapping commandLine(Tree.Mapping tree, List<String> settings) {
    var result = tree;
    for (var setting : settings) {
      int equals = setting.indexOf('=');
      if (equals <= 0) {
        problems.add(
            new Origin.OnCommandLine("--set"),
            "",
            "'" + setting + "' is not of the form key=value");
        continue;
      }
      var path = setting.substring(0, equals).strip();
      var origin = new Origin.OnCommandLine("--set");
      var value = YamlFile.value(setting.substring(equals + 1), origin, path, problems);
      if (value.isPresent()) {
        result = lay(result, path, expander.expand(value.get(), path));
      }
    }
    return result;
  }

  private Tree.Mapping lay(Tree.Mapping tree, String path, Tree value) {
    var segments = Arrays.asList(path.split("\\.", -1));
    return (Tree.Mapping) put(root, tree, segments, 0, value);
  }

  private Tree put(Shape shape, @Nullable Tree current, List<String> path, int at, Tree value) {
    if (at == path.size()) {
      return value;
    }
    return switch (shape) {
      case RecordShape inner -> {
        var key = inner.key(path.get(at));
        if (key.isEmpty()) {
          unknown(inner, path, at, value.origin());
          yield orEmpty(current, value);
        }
        yield with(current, path.get(at), key.get().shape(), path, at + 1, value);
      }
      case MapShape(FreeShape free) -> with(current, path.get(at), free, path, at + 1, value);
      case MapShape(var inner) -> {
        var rest = String.join(".", path.subList(at, path.size()));
        yield with(current, rest, inner, path, path.size(), value);
      }
      case FreeShape free -> with(current, path.get(at), free, path, at + 1, value);
      case ListShape list when list.named() && current instanceof Tree.Sequence items ->
          inEntry(list, items, path, at, value);
      case ListShape _, ScalarShape _ -> {
        problems.add(
            value.origin(),
            String.join(".", path),
            "'" + String.join(".", path.subList(0, at)) + "' has no key '" + path.get(at) + "'");
        yield orEmpty(current, value);
      }
    };
  }

  private static Tree orEmpty(@Nullable Tree current, Tree value) {
    return current == null ? Tree.Scalar.of("", value.origin()) : current;
  }

  private Tree with(
      @Nullable Tree current, String name, Shape shape, List<String> path, int at, Tree value) {
    var mapping =
        current instanceof Tree.Mapping given ? given : Tree.Mapping.empty(value.origin());
    var entries = new LinkedHashMap<>(mapping.entries());
    var before = entries.get(name);
    var inner = put(shape, before == null ? null : before.value(), path, at, value);
    entries.put(name, new Tree.Entry(value.origin(), inner));
    return new Tree.Mapping(entries, mapping.origin());
  }

  /** An entry's name may hold dots and, in a variable, has lost its letter case: both are tried. */
  private Tree inEntry(ListShape list, Tree.Sequence items, List<String> path, int at, Tree value) {
    for (int end = path.size() - 1; end > at; end--) {
      var name = fold(String.join(".", path.subList(at, end)));
      for (int i = 0; i < items.items().size(); i++) {
        if (fold(Tree.label(items.items().get(i), i)).equals(name)) {
          var changed = new ArrayList<>(items.items());
          changed.set(i, put(list.element(), changed.get(i), path, end, value));
          return new Tree.Sequence(changed, items.origin());
        }
      }
    }
    problems.add(
        value.origin(),
        String.join(".", path),
        "there is no entry '" + path.get(at) + "' in " + String.join(".", path.subList(0, at)));
    return items;
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void unknown(RecordShape shape, List<String> path, int at, Origin origin) {
    problems.add(
        origin, String.join(".", path.subList(0, at + 1)), shape.unknownKey(path.get(at), root));
  }

  /** Names of variables as the reference page shows them. */
  static Optional<String> variableOf(String key) {
    return key.matches("[a-z0-9.-]+")
        ? Optional.of(PREFIX + key.toUpperCase(Locale.ROOT).replace(".", "__").replace('-', '_'))
        : Optional.empty();
  }
}
