package io.argos.deploy.profile;

import io.argos.snmp.Oid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tables that stand in a walk without anybody saying so. By RFC 2578 the entry of a table is arc 1
 * below it, its columns are below the entry, and each has the same indexes behind it: the highest
 * such node of which two columns agree is taken for an entry.
 */
final class WalkTables {
  private static final int DEEPEST = 40;

  private final List<Table> tables = new ArrayList<>();
  private final List<Oid> others = new ArrayList<>();
  private final int root;

  /**
   * Sorts oids into tables.
   *
   * @param root count of arcs above all tables
   */
  WalkTables(List<Oid> oids, int root) {
    this.root = root;
    if (!oids.isEmpty()) {
      split(oids.stream().sorted().toList(), root);
    }
  }

  /**
   * A table.
   *
   * @param entry its entry
   * @param columns count of instances by column
   * @param rows count of its rows
   * @param index index of its first row
   */
  record Table(Oid entry, Map<Oid, Integer> columns, int rows, Oid index) {}

  /** The tables, the largest first. */
  List<Table> tables() {
    return tables.stream().sorted((a, b) -> Integer.compare(size(b), size(a))).toList();
  }

  private static int size(Table table) {
    return table.columns().values().stream().mapToInt(Integer::intValue).sum();
  }

  /** What is in no table, ascending. */
  List<Oid> others() {
    return others;
  }

  /** Sorts oids that agree in their first arcs. */
  private void split(List<Oid> oids, int depth) {
    Map<Long, List<Oid>> below = new TreeMap<>();
    for (Oid oid : oids) {
      if (oid.length() <= depth) {
        others.add(oid);
      } else {
        below.computeIfAbsent(oid.arc(depth), _ -> new ArrayList<>()).add(oid);
      }
    }
    if (depth > DEEPEST) {
      below.values().forEach(others::addAll);
      return;
    }
    Oid node = oids.getFirst();
    boolean isEntry = depth > root + 1 && node.length() > depth && node.arc(depth - 1) == 1;
    if (isEntry && table(below, depth)) {
      return;
    }
    below
        .values()
        .forEach(some -> {
          if (some.size() == 1) {
            others.add(some.getFirst());
          } else {
            split(some, depth + 1);
          }
        });
  }

  /** Takes a node for an entry when most of its columns have indexes that others of them have. */
  private boolean table(Map<Long, List<Oid>> columns, int depth) {
    Map<List<Oid>, Integer> alike = new HashMap<>();
    for (List<Oid> column : columns.values()) {
      List<Oid> indexes = indexes(column, depth + 1);
      if (!indexes.isEmpty()) {
        alike.merge(indexes, 1, Integer::sum);
      }
    }
    List<Oid> rows = List.of();
    int agree = 1;
    for (Map.Entry<List<Oid>, Integer> one : alike.entrySet()) {
      boolean isLarger = one.getKey().size() > rows.size();
      if (one.getValue() > agree || (one.getValue() == agree && agree > 1 && isLarger)) {
        rows = one.getKey();
        agree = one.getValue();
      }
    }
    // Scalars stand side by side too, each with the one instance 0.
    boolean isScalars = rows.size() == 1 && rows.getFirst().equals(Oid.of(0));
    if (agree < 2 || agree * 2 < columns.size() || isScalars) {
      return false;
    }
    Map<Oid, Integer> counts = new TreeMap<>();
    columns.forEach((_, oids) -> counts.put(prefix(oids.getFirst(), depth + 1), oids.size()));
    Oid first = columns.values().iterator().next().getFirst();
    tables.add(new Table(prefix(first, depth), counts, rows.size(), rows.getFirst()));
    return true;
  }

  private static List<Oid> indexes(List<Oid> column, int from) {
    List<Oid> indexes = new ArrayList<>();
    for (Oid oid : column) {
      if (oid.length() > from) {
        indexes.add(oid.suffix(from));
      }
    }
    return indexes;
  }

  static Oid prefix(Oid oid, int length) {
    return Oid.of(Arrays.copyOf(oid.toArray(), length));
  }
}
