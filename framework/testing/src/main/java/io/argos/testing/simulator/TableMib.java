package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.util.Arrays;
import java.util.Optional;

/** A full table with one integer as index, whose values are computed when asked for. */
final class TableMib implements Mib {
  /** Computes the value of a cell. */
  interface Cells {
    /**
     * @param column column, as its arc behind the entry
     * @param row position of the row in the order of the indexes
     */
    Value at(int column, int row, Moment moment);
  }

  private final ObjectId entry;
  private final int[] columns;
  private final int[] indexes;
  private final Cells cells;

  /**
   * @param entry oid of the table's entry
   * @param columns the columns, ascending
   * @param indexes the indexes, ascending
   */
  TableMib(ObjectId entry, int[] columns, int[] indexes, Cells cells) {
    this.entry = entry;
    this.columns = columns.clone();
    this.indexes = indexes.clone();
    this.cells = cells;
  }

  @Override
  public Value get(ObjectId oid, Moment moment) {
    int depth = entry.length();
    if (!oid.startsWith(entry) || oid.length() <= depth) {
      return Value.Absent.NO_SUCH_OBJECT;
    }
    int column = Arrays.binarySearch(columns, oid.arc(depth));
    if (column < 0) {
      return Value.Absent.NO_SUCH_OBJECT;
    }
    int row = oid.length() == depth + 2 ? Arrays.binarySearch(indexes, oid.arc(depth + 1)) : -1;
    return row < 0 ? Value.Absent.NO_SUCH_INSTANCE : cells.at(columns[column], row, moment);
  }

  @Override
  public Optional<Varbind> next(ObjectId oid, Moment moment) {
    if (indexes.length == 0) {
      return Optional.empty();
    }
    int depth = entry.length();
    if (!oid.startsWith(entry)) {
      return oid.compareTo(entry) < 0 ? cell(0, 0, moment) : Optional.empty();
    }
    if (oid.length() == depth) {
      return cell(0, 0, moment);
    }
    int found = Arrays.binarySearch(columns, oid.arc(depth));
    // Arcs above 2^31 are negative here, and behind every column and index of ours.
    if (oid.arc(depth) < 0) {
      return Optional.empty();
    }
    if (found < 0) {
      return cell(-found - 1, 0, moment);
    }
    if (oid.length() == depth + 1) {
      return cell(found, 0, moment);
    }
    if (oid.arc(depth + 1) < 0) {
      return cell(found + 1, 0, moment);
    }
    int row = Arrays.binarySearch(indexes, oid.arc(depth + 1));
    int behind = row < 0 ? -row - 1 : row + 1;
    return behind == indexes.length ? cell(found + 1, 0, moment) : cell(found, behind, moment);
  }

  private Optional<Varbind> cell(int column, int row, Moment moment) {
    if (column == columns.length) {
      return Optional.empty();
    }
    return Optional.of(
        new Varbind(
            entry.append(columns[column], indexes[row]), cells.at(columns[column], row, moment)));
  }
}
