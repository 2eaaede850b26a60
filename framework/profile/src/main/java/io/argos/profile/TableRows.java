package io.argos.profile;

import io.argos.profile.expression.Data;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.Builtin;
import io.argos.profile.format.ColumnSpec;
import io.argos.profile.format.TableSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows in memory, ascending by index. */
final class TableRows implements Data.Rows {
  private final int[][] indexes;
  private final Map<String, Vector> columns = new LinkedHashMap<>();

  TableRows(int[][] indexes) {
    this.indexes = indexes;
  }

  /** No rows, with all columns that a table has. */
  static TableRows empty(TableSpec table) {
    TableRows rows = new TableRows(new int[0][]);
    for (ColumnSpec column : table.columns()) {
      rows.put(column.name(), Vector.allAbsent(column.type(), 0));
    }
    return rows;
  }

  int[][] indexes() {
    return indexes;
  }

  void put(String name, Vector column) {
    if (column.size() != indexes.length) {
      throw new IllegalArgumentException(
          name + " has " + column.size() + " rows, not " + indexes.length);
    }
    columns.put(name, column);
  }

  boolean has(String name) {
    return columns.containsKey(name);
  }

  /** Names of the columns, in the order in which they came. */
  List<String> names() {
    return List.copyOf(columns.keySet());
  }

  @Override
  public int size() {
    return indexes.length;
  }

  @Override
  public Vector column(String name) {
    Vector column = columns.get(name);
    if (column != null) {
      return column;
    }
    if (name.equals(Builtin.INDEX)) {
      String[] texts = new String[indexes.length];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = IndexRows.text(indexes[i]);
      }
      Vector index = new Vector.Texts(texts, Vector.NONE_ABSENT);
      columns.put(name, index);
      return index;
    }
    throw new IllegalStateException("there is no column " + name);
  }

  @Override
  public int find(String index) {
    return Math.max(-1, IndexRows.find(indexes, IndexRows.parse(index)));
  }

  /** The rows at some positions, with the columns that are there now. */
  TableRows pick(int[] positions) {
    int[][] picked = new int[positions.length][];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = indexes[positions[i]];
    }
    TableRows rows = new TableRows(picked);
    columns.forEach((name, column) -> rows.put(name, column.pick(positions)));
    return rows;
  }

  /** Positions at which a condition is true. */
  static int[] where(Vector condition) {
    int[] positions = new int[condition.size()];
    int count = 0;
    for (int row = 0; row < positions.length; row++) {
      if (condition.isTrue(row)) {
        positions[count++] = row;
      }
    }
    return java.util.Arrays.copyOf(positions, count);
  }
}
