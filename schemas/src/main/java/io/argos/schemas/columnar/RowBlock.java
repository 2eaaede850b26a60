package io.argos.schemas.columnar;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a group: their keys and dimensions. Built once from the enrichment and used again for
 * each poll whose rows are the same, since it keeps its own Avro bytes once they have been needed.
 * Safe for use by any thread.
 */
public final class RowBlock {
  private final String[] rowKeys;
  private final List<DimensionBlock> dimensions;
  private volatile byte @Nullable [] encoded;

  /**
   * Rows of a group.
   *
   * @param rowKeys stable name of each row; not copied
   * @param dimensions dimensions of the rows
   */
  public RowBlock(String[] rowKeys, List<DimensionBlock> dimensions) {
    this.rowKeys = rowKeys;
    this.dimensions = List.copyOf(dimensions);
  }

  /** Stable name of each row. Not a copy: readers must not write to it. */
  public String[] rowKeys() {
    return rowKeys;
  }

  /** Dimensions of the rows. */
  public List<DimensionBlock> dimensions() {
    return dimensions;
  }

  /** Count of rows. */
  public int size() {
    return rowKeys.length;
  }

  /** The rows from one position up to another. */
  public RowBlock slice(int from, int to) {
    return new RowBlock(
        Arrays.copyOfRange(rowKeys, from, to),
        dimensions.stream().map(dimension -> dimension.slice(from, to)).toList());
  }

  /** The fields rowKeys and dimensions of a {@code Group} in Avro's binary form; not a copy. */
  byte[] encoded() {
    byte[] known = encoded;
    if (known == null) {
      AvroBuffer buffer = new AvroBuffer(rowKeys.length * 32 + 64);
      buffer.writeStrings(rowKeys);
      buffer.writeArrayStart(dimensions.size());
      for (DimensionBlock dimension : dimensions) {
        buffer.writeString(dimension.name());
        buffer.writeStrings(dimension.values());
        buffer.writeInts(dimension.absent());
      }
      buffer.writeArrayEnd();
      known = buffer.toByteArray();
      encoded = known;
    }
    return known;
  }
}
