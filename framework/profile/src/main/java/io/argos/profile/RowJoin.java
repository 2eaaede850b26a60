package io.argos.profile;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.PolledSpec;
import io.argos.snmp.SnmpColumn;
import java.util.Arrays;

/** How the rows of a group find theirs in a column with other indexes: computed once. */
final class RowJoin {
  private static final int[] NOWHERE = {};

  private final boolean below;
  private final int[][] wanted;

  private RowJoin(boolean below, int[][] wanted) {
    this.below = below;
    this.wanted = wanted;
  }

  /** The join of a column for the rows of an enrichment. */
  static RowJoin of(PolledSpec.Join join, TableRows rows, DeviceData data) {
    return switch (join) {
      case PolledSpec.Join.Same _ -> throw new IllegalArgumentException("no join");
      case PolledSpec.Join.At(Expression index) -> new RowJoin(false, indexes(index, rows, data));
      case PolledSpec.Join.Under(Expression prefix) ->
          new RowJoin(true, indexes(prefix, rows, data));
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
    if (!below) {
      return Math.max(at, -1);
    }
    int from = at >= 0 ? at : -1 - at;
    boolean fits = from < indexes.length && IndexRows.startsWith(indexes[from], index);
    return fits && !Arrays.equals(indexes[from], NOWHERE) ? from : -1;
  }
}
