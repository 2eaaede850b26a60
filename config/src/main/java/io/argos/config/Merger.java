package io.argos.config;

import io.argos.config.Shape.ListShape;
import io.argos.config.Shape.MapShape;
import io.argos.config.Shape.RecordShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * Lays one tree over another: mappings key by key, lists of named entries one after the other, and
 * of anything else the later wins.
 */
final class Merger {
  private Merger() {}

  static Tree.Mapping merge(Tree.Mapping below, Tree.Mapping above, RecordShape shape) {
    var entries = new LinkedHashMap<>(below.entries());
    above
        .entries()
        .forEach((name, entry) ->
            entries.merge(
                name,
                entry,
                (lower, upper) ->
                    shape
                        .key(name)
                        .map(key -> merge(lower, upper, key.shape()))
                        // An unknown key is a problem wherever it stands; the first is kept.
                        .orElse(lower)));
    return new Tree.Mapping(entries, below.origin());
  }

  private static Tree.Entry merge(Tree.Entry lower, Tree.Entry upper, Shape shape) {
    if (Tree.isAbsent(upper.value())) {
      return lower;
    }
    if (lower.value() instanceof Tree.Mapping below
        && upper.value() instanceof Tree.Mapping above) {
      if (shape instanceof RecordShape inner) {
        return new Tree.Entry(lower.keyOrigin(), merge(below, above, inner));
      }
      if (shape instanceof MapShape) {
        var entries = new LinkedHashMap<>(below.entries());
        entries.putAll(above.entries());
        return new Tree.Entry(lower.keyOrigin(), new Tree.Mapping(entries, below.origin()));
      }
    }
    if (lower.value() instanceof Tree.Sequence below
        && upper.value() instanceof Tree.Sequence above
        && shape instanceof ListShape list
        && list.named()) {
      var items = new ArrayList<>(below.items());
      items.addAll(above.items());
      return new Tree.Entry(lower.keyOrigin(), new Tree.Sequence(items, below.origin()));
    }
    return upper;
  }
}
