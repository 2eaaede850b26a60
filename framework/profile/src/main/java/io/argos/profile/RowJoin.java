package io.argos.profile;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.PolledSpec;
import io.argos.snmp.SnmpColumn;
import java.util.Arrays;

/** How the rows of a group find theirs in a column with other indexes: computed once. */
final class RowJoin {
  private static final int[] NOWHERE = {};

  private final Row row;
  private final int[][] wanted;

  private enum Row {
    SAME,
    FIRST_BELOW,
    LAST_BELOW
  }

  private RowJoin(Row row, int[][] wanted) {
    this.row = row;
    this.wanted = wanted;
  }

  /** The join of a column for the rows of an enrichment. */
  static RowJoin of(PolledSpec.Join join, TableRows rows, DeviceData data) {
    return switch (join) {
      case PolledSpec.Join.Same _ -> throw new IllegalArgumentException("no join");
      case PolledSpec.Join.At(Expression index) ->
          new RowJoin(Row.SAME, indexes(index, rows, data));
      case PolledSpec.Join.Under(Expression prefix, boolean last) ->
          new RowJoin(last ? Row.LAST_BELOW : Row.FIRST_BELOW, indexes(prefix, rows, data));
    };
  }

  private static int[][] indexes(Expression expression, TableRows rows, DeviceData data) {
    Vector texts = expression.evaluate(data.about(rows));
    int[][] indexes = new int[rows.size()][];
    for (int row = 0; row < indexes.length; row++) {
      indexes[row] = texts.isAbsent(row) ? NOWHERE : IndexRows.parse(texts.textAt(row));
    }
    return indexes;
  }

  /**
   * Finds the rows.
   *
   * @param base position of each row in the enrichment, or -1
   */
  int find(SnmpColumn column, int[] base, int[] positions) {
    int found = 0;
    for (int row = 0; row < base.length; row++) {
      int[] index = base[row] < 0 ? NOWHERE : wanted[base[row]];
      positions[row] = index.length == 0 ? -1 : find(column.indexes(), index);
      found += positions[row] >= 0 ? 1 : 0;
    }
    return found;
  }

  private int find(int[][] indexes, int[] index) {
    int at = IndexRows.find(indexes, index);
    return switch (row) {
      case SAME -> Math.max(at, -1);
      case FIRST_BELOW -> {
        int from = at >= 0 ? at : -1 - at;
        yield from < indexes.length && IndexRows.startsWith(indexes[from], index) ? from : -1;
      }
      case LAST_BELOW -> {
        // No arc is above 2^32-1, so what would stand there comes after all rows below the index.
        int[] end = Arrays.copyOf(index, index.length + 1);
        end[index.length] = -1;
        int after = IndexRows.find(indexes, end);
        int last = (after >= 0 ? after + 1 : -1 - after) - 1;
        yield last >= 0 && IndexRows.startsWith(indexes[last], index) ? last : -1;
      }
    };
  }
}
