package io.argos.schemas.columnar;

import java.time.Instant;
import java.util.List;

/**
 * Rows of one table or one set of scalars, as in the record {@code Group}.
 *
 * @param name name of the metric group
 * @param section name of the profile's section that produced the rows
 * @param sampledAt when the rows were read
 * @param rows keys and dimensions of the rows
 * @param columns columns of the rows, each spanning all of them
 */
public record GroupBlock(
    String name, String section, Instant sampledAt, RowBlock rows, List<ColumnBlock> columns) {
  public GroupBlock {
    columns = List.copyOf(columns);
    for (ColumnBlock column : columns) {
      if (column.values().size() + column.absent().length != rows.size()) {
        throw new IllegalArgumentException(
            "column %s of group %s has %d values and %d absent for %d rows"
                .formatted(
                    column.name(),
                    name,
                    column.values().size(),
                    column.absent().length,
                    rows.size()));
      }
    }
  }

  /** The rows from one position up to another. */
  public GroupBlock slice(int from, int to) {
    return new GroupBlock(
        name,
        section,
        sampledAt,
        rows.slice(from, to),
        columns.stream().map(column -> column.slice(from, to)).toList());
  }
}
