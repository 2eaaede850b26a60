package io.argos.schemas.columnar;

import java.util.List;

/**
 * The rows of a group: their keys and dimensions. Built once from the enrichment and used for each
 * poll whose rows are the same, so that an encoder may keep its bytes.
 *
 * @param rowKeys stable name of each row; not copied
 * @param dimensions dimensions of the rows
 */
public record RowBlock(String[] rowKeys, List<DimensionBlock> dimensions) {
  public RowBlock {
    dimensions = List.copyOf(dimensions);
  }

  /** Count of rows. */
  public int size() {
    return rowKeys.length;
  }
}
