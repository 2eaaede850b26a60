package io.argos.profile;

import io.argos.profile.expression.Type;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.Builtin;
import io.argos.profile.format.ColumnSpec;
import io.argos.profile.format.TableSpec;
import io.argos.schemas.Enrichment;
import io.argos.schemas.columnar.ColumnBlock;
import io.argos.schemas.columnar.GroupBlock;
import io.argos.schemas.columnar.GroupRecords;
import io.argos.schemas.columnar.RowBlock;
import io.argos.schemas.topic.HashId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The kept rows of a slow table with their stable keys.
 *
 * @param rows rows with the columns that are kept, ascending by index
 * @param keys key of each row
 */
record EnrichedTable(TableRows rows, String[] keys) {

  /** Names the rows of a table that has been read. */
  static EnrichedTable of(TableSpec table, TableRows rows, DeviceData data) {
    String[] names = new String[rows.size()];
    Vector index = rows.column(Builtin.INDEX);
    Vector key =
        table.key().isPresent()
            ? table.key().get().evaluate(data.about(rows))
            : Vector.allAbsent(Type.TEXT, rows.size());
    for (int row = 0; row < names.length; row++) {
      String name = key.textAt(row);
      names[row] = name.isEmpty() ? index.textAt(row) : name;
    }
    tellApart(names, index);
    TableRows kept = new TableRows(rows.indexes());
    kept.put(Builtin.INDEX, index);
    for (ColumnSpec column : table.columns()) {
      if (column.keep()) {
        kept.put(column.name(), rows.column(column.name()));
      }
    }
    return new EnrichedTable(kept, names);
  }

  /** Adds the index to names that several rows have, also when another row is named like that. */
  private static void tellApart(String[] names, Vector index) {
    Map<String, Integer> uses = new HashMap<>();
    do {
      uses.clear();
      for (String name : names) {
        uses.merge(name, 1, Integer::sum);
      }
      for (int row = 0; row < names.length; row++) {
        if (uses.getOrDefault(names[row], 0) > 1) {
          names[row] = names[row] + '#' + index.textAt(row);
        }
      }
    } while (uses.size() < names.length);
  }

  /** Hash of all that a poll takes from it. */
  String hash() {
    List<String> parts = new ArrayList<>();
    for (String name : rows.names()) {
      Vector column = rows.column(name);
      parts.add(name);
      for (int row = 0; row < rows.size(); row++) {
        parts.add(column.isAbsent(row) ? "" : "=" + column.textAt(row));
      }
    }
    parts.addAll(List.of(keys));
    return HashId.of(parts.toArray(String[]::new));
  }

  /** These rows as a group of an enrichment. */
  GroupBlock block(String name, Instant at) {
    List<ColumnBlock> columns = new ArrayList<>();
    for (String column : rows.names()) {
      columns.add(ColumnBlocks.of(column, "1", rows.column(column)));
    }
    return new GroupBlock(name, name, at, new RowBlock(keys, List.of()), columns);
  }

  /** The rows of an enrichment, over all its parts; a column that it lacks is absent in all. */
  static EnrichedTable decode(TableSpec table, List<Enrichment> parts) {
    List<GroupBlock> groups = new ArrayList<>();
    for (Enrichment part : parts) {
      part.getGroups().forEach(group -> groups.add(GroupRecords.fromRecord(group)));
    }
    int size = groups.stream().mapToInt(group -> group.rows().size()).sum();
    int[][] indexes = new int[size][];
    String[] keys = new String[size];
    String[] texts = ColumnBlocks.texts(Builtin.INDEX, groups, size);
    List<Integer> order = new ArrayList<>();
    int filled = 0;
    for (GroupBlock group : groups) {
      for (String key : group.rows().rowKeys()) {
        indexes[filled] = IndexRows.parse(texts[filled]);
        keys[filled] = key;
        order.add(filled++);
      }
    }
    order.sort((a, b) -> java.util.Arrays.compareUnsigned(indexes[a], indexes[b]));
    int[] positions = order.stream().mapToInt(Integer::intValue).toArray();
    int[][] sorted = new int[size][];
    String[] sortedKeys = new String[size];
    for (int i = 0; i < size; i++) {
      sorted[i] = indexes[positions[i]];
      sortedKeys[i] = keys[positions[i]];
    }
    TableRows rows = new TableRows(sorted);
    for (ColumnSpec column : table.columns()) {
      if (column.keep()) {
        Vector values = ColumnBlocks.vector(column, groups, size);
        rows.put(column.name(), values.pick(positions));
      }
    }
    return new EnrichedTable(rows, sortedKeys);
  }

  static EnrichedTable none() {
    return new EnrichedTable(new TableRows(new int[0][]), new String[0]);
  }
}
