package io.argos.deploy.profile.panoptes;

import io.argos.deploy.profile.panoptes.PanoptesDocument.Source;
import io.argos.deploy.profile.panoptes.PanoptesDocument.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A dimension or a metric whose value has been parsed.
 *
 * @param target as the document has it
 * @param value its value
 * @param transform what is made of its value
 */
record ParsedTarget(Target target, Python value, Optional<PythonParser.Lambda> transform) {

  static ParsedTarget of(Target target) throws UntranslatableException {
    Python value =
        target.value().isTextual()
            ? PythonParser.parse(target.value().asText())
            : target.value().isIntegralNumber()
                ? new Python.Whole(target.value().asLong())
                : new Python.Decimal(target.value().asDouble());
    Optional<PythonParser.Lambda> transform =
        target.transform().isEmpty()
            ? Optional.empty()
            : Optional.of(PythonParser.lambda(target.transform()));
    return new ParsedTarget(target, value, transform);
  }

  /** True when it has a value for each of some indexes, rather than one for the device. */
  boolean isIndexed() {
    if (target.topLevel()) {
      return false;
    }
    boolean[] found = {!target.indexes().isEmpty() || !target.indexesFrom().isEmpty()};
    value.walk(one -> found[0] |= one instanceof Python.Index);
    return found[0];
  }

  /** Names of the sources of which it takes the value by {@code $index}. */
  List<String> byIndex() {
    Set<String> names = new LinkedHashSet<>();
    value.walk(one -> {
      if (one instanceof Python.Item(Python.Name(String name), Python.Index _)) {
        names.add(name);
      }
    });
    return List.copyOf(names);
  }

  /** True when it says which of the indexes that the enrichment found it is about. */
  boolean namesIndexes(Map<String, Source> sources) {
    return !byIndex().isEmpty()
        || !target.indexes().isEmpty()
        || sources.get(target.indexesFrom()) instanceof Source.Static;
  }

  /** Names of all walks that it mentions. */
  List<Source.Walk> walks(Map<String, Source> sources) {
    Set<Source.Walk> walks = new LinkedHashSet<>();
    value.walk(one -> {
      if (one instanceof Python.Name(String name)
          && sources.get(name) instanceof Source.Walk walk) {
        walks.add(walk);
      }
    });
    return List.copyOf(walks);
  }

  /** The indexes that it is about, of those that the enrichment found. */
  Set<String> foundIndexes(Map<String, Source> sources) {
    List<String> names = new ArrayList<>(byIndex());
    if (!target.indexesFrom().isEmpty()) {
      names.add(target.indexesFrom());
    }
    Set<String> indexes = new LinkedHashSet<>(target.indexes());
    boolean any = !indexes.isEmpty();
    for (String name : names) {
      if (sources.get(name) instanceof Source.Static(var values)) {
        if (any) {
          indexes.retainAll(values.keySet());
        } else {
          indexes.addAll(values.keySet());
          any = true;
        }
      }
    }
    return indexes;
  }
}
