package io.argos.profile;

import io.argos.profile.expression.Vector;
import io.argos.schemas.columnar.DimensionBlock;
import io.argos.schemas.columnar.RowBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows that a poll found, with their keys and dimensions. Kept from poll to poll while the rows
 * are the same, so that whoever encodes them can keep the bytes.
 *
 * @param indexes their indexes, ascending
 * @param base position of each in the enrichment; -1 for one that it does not know
 * @param block their keys and dimensions
 * @param slow the slow columns of these rows
 * @param unknown count of those that the enrichment does not know
 */
record PolledRows(int[][] indexes, int[] base, RowBlock block, TableRows slow, int unknown) {

  /**
   * A row that the enrichment does not know is not to be taken for one that has its index for a
   * name.
   */
  private static void tellApart(String[] rowKeys, int[] base, String[] keys, int unknown) {
    if (unknown == 0) {
      return;
    }
    Set<String> names = new HashSet<>(Arrays.asList(keys));
    for (int row = 0; row < base.length; row++) {
      String index = rowKeys[row];
      while (base[row] < 0 && !names.add(rowKeys[row])) {
        rowKeys[row] = rowKeys[row] + '#' + index;
      }
    }
  }

  /** The rows with some indexes. */
  static PolledRows of(
      int[][] indexes, TableRows enriched, String[] keys, Map<String, Vector> dimensions) {
    int n = indexes.length;
    int[] base = new int[n];
    String[] rowKeys = new String[n];
    int unknown = 0;
    for (int row = 0; row < n; row++) {
      base[row] = Math.max(-1, IndexRows.find(enriched.indexes(), indexes[row]));
      unknown += base[row] < 0 ? 1 : 0;
      rowKeys[row] = base[row] < 0 ? IndexRows.text(indexes[row]) : keys[base[row]];
    }
    tellApart(rowKeys, base, keys, unknown);
    List<DimensionBlock> blocks = new ArrayList<>();
    dimensions.forEach(
        (name, values) -> blocks.add(ColumnBlocks.dimension(name, values.pick(base))));
    TableRows slow = new TableRows(indexes);
    for (String name : enriched.names()) {
      if (!name.equals(io.argos.profile.format.Builtin.INDEX)) {
        slow.put(name, enriched.column(name).pick(base));
      }
    }
    return new PolledRows(indexes, base, new RowBlock(rowKeys, blocks), slow, unknown);
  }
}
