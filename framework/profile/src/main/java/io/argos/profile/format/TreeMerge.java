package io.argos.profile.format;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lays a profile over those that it extends. Tables, groups, columns, dimensions, metrics, scalars,
 * checks, events and the like merge by name; one of these that stands in both is taken whole from
 * the extending profile, and {@code ~} takes it out. Everything else is replaced.
 */
final class TreeMerge {
  private TreeMerge() {}

  static Tree.Mapping merge(Tree.Mapping base, Tree.Mapping over) {
    Map<String, Tree.Field> merged = new LinkedHashMap<>(base.fields());
    merged.remove("match");
    merged.remove("abstract");
    merged.remove("description");
    over.fields()
        .forEach((key, field) -> {
          int depth =
              switch (key) {
                case "identity", "scalars", "maps", "snmp" -> 1;
                case "checks", "events" -> 2;
                case "tables", "groups" -> 3;
                default -> 0;
              };
          Tree.Field below = merged.get(key);
          merged.put(
              key,
              below == null
                  ? field
                  : new Tree.Field(field.key(), merge(below.value(), field.value(), depth)));
        });
    return new Tree.Mapping(over.place(), merged);
  }

  private static Tree merge(Tree base, Tree over, int depth) {
    if (depth == 0
        || !(base instanceof Tree.Mapping below)
        || !(over instanceof Tree.Mapping above)) {
      return over;
    }
    Map<String, Tree.Field> merged = new LinkedHashMap<>(below.fields());
    above
        .fields()
        .forEach((key, field) -> {
          Tree.Field inherited = merged.get(key);
          if (field.value() instanceof Tree.Text text && text.isNull() && inherited != null) {
            merged.remove(key);
          } else if (inherited == null) {
            merged.put(key, field);
          } else {
            merged.put(
                key,
                new Tree.Field(field.key(), merge(inherited.value(), field.value(), depth - 1)));
          }
        });
    return new Tree.Mapping(above.place(), merged);
  }

  /** A text that is equal for two trees of equal content, whatever their layout. */
  static void canonical(Tree tree, StringBuilder into) {
    switch (tree) {
      case Tree.Text text -> into.append(text.value().length()).append(':').append(text.value());
      case Tree.Items items -> {
        into.append('[');
        items.items().forEach(item -> canonical(item, into));
        into.append(']');
      }
      case Tree.Mapping mapping -> {
        into.append('{');
        mapping
            .fields()
            .forEach((key, field) -> {
              into.append(key.length()).append(':').append(key).append('=');
              canonical(field.value(), into);
            });
        into.append('}');
      }
    }
  }
}
