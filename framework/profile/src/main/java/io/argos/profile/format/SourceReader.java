package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Scope;
import io.argos.profile.expression.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what a column is read from and as what. */
final class SourceReader {
  private final Scopes scopes;

  SourceReader(Scopes scopes) {
    this.scopes = scopes;
  }

  /** The sources under the key {@code oid}: one, or a list of oids and mappings. */
  List<SourceSpec> sources(Fields fields, Scope conditions) {
    double scale = scale(fields, 1.0);
    List<SourceSpec> sources = new ArrayList<>();
    Optional<Tree> tree = fields.tree("oid");
    if (tree.isEmpty()) {
      return sources;
    }
    List<Tree> items = tree.get() instanceof Tree.Items list ? list.items() : List.of(tree.get());
    for (Tree item : items) {
      if (item instanceof Tree.Text text) {
        fields
            .oid(text)
            .ifPresent(oid -> sources.add(new SourceSpec(oid, Optional.empty(), scale)));
        continue;
      }
      Fields source = Fields.of(item, "a source", fields.problems());
      Optional<Expression> when =
          source.scalar("when").flatMap(text -> scopes.compile(text, conditions, Type.BOOLEAN));
      double own = scale(source, scale);
      if (!source.has("oid")) {
        fields.problem(source.place(), "a source needs an oid");
      }
      source.oid("oid").ifPresent(oid -> sources.add(new SourceSpec(oid, when, own)));
      source.done("a source");
    }
    if (items.isEmpty()) {
      fields.problem(tree.get().place(), "a column needs at least one oid");
    }
    return sources;
  }

  private static double scale(Fields fields, double fallback) {
    return fields
        .scalar("scale")
        .map(text -> {
          try {
            double scale = Double.parseDouble(text.value());
            if (Double.isFinite(scale) && scale != 0) {
              return scale;
            }
          } catch (NumberFormatException e) {
            // reported below, as zero and infinity are
          }
          fields.problem(
              text.place(), "scale is a number other than 0, not '" + text.value() + "'");
          return 1.0;
        })
        .orElse(fallback);
  }

  /** The keys {@code as} and {@code map}. */
  Conversion conversion(Fields fields, Conversion.Kind fallback) {
    Map<Long, String> names = fields.tree("map").map(tree -> names(tree, fields)).orElse(Map.of());
    Conversion.Kind kind =
        fields
            .scalar("as")
            .map(text -> kind(text, fields, fallback))
            .orElse(names.isEmpty() ? fallback : Conversion.Kind.INTEGER);
    if (!names.isEmpty() && kind != Conversion.Kind.INTEGER) {
      fields.problem(fields.placeOf("as"), "a map names integers, so 'as' is integer or left out");
    }
    return new Conversion(kind, names);
  }

  private static Conversion.Kind kind(Tree.Text text, Fields fields, Conversion.Kind fallback) {
    List<String> known = new ArrayList<>();
    for (Conversion.Kind kind : Conversion.Kind.values()) {
      String word = kind.name().toLowerCase(Locale.ROOT);
      if (word.equals(text.value())) {
        return kind;
      }
      known.add(word);
    }
    fields.problem(
        text.place(), "'" + text.value() + "' is not one of " + String.join(", ", known));
    return fallback;
  }

  private Map<Long, String> names(Tree tree, Fields fields) {
    if (tree instanceof Tree.Text text) {
      Map<Long, String> named = scopes.maps.get(text.value());
      if (named == null) {
        fields.problem(
            text.place(),
            "there is no map '" + text.value() + "'; known are " + scopes.maps.keySet());
        return Map.of();
      }
      return named;
    }
    return namesOf(tree, fields);
  }

  /** A mapping of integers to names. */
  static Map<Long, String> namesOf(Tree tree, Fields fields) {
    Map<Long, String> names = new LinkedHashMap<>();
    if (!(tree instanceof Tree.Mapping mapping)) {
      fields.problem(tree.place(), "a map has integers as keys and names as values");
      return names;
    }
    mapping
        .fields()
        .forEach((key, field) -> {
          try {
            if (field.value() instanceof Tree.Text name) {
              names.put(Long.parseLong(key), name.value());
              return;
            }
          } catch (NumberFormatException e) {
            // reported below with the values that are no names
          }
          fields.problem(field.key(), "a map has integers as keys and names as values");
        });
    return names;
  }

  /** The key {@code default}. */
  static Optional<Constant> fallback(Fields fields, Type type) {
    return fields
        .scalar("default")
        .flatMap(text -> {
          Optional<Constant> constant = Constant.of(text.value(), type);
          if (constant.isEmpty()) {
            fields.problem(
                text.place(), "the default '" + text.value() + "' is not of type " + type.word());
          }
          return constant;
        });
  }
}
