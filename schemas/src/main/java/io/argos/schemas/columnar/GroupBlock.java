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
  }
}
