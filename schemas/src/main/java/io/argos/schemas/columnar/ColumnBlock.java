package io.argos.schemas.columnar;

import io.argos.schemas.ColumnKind;

/**
 * One column of a group, as in the record {@code Column}.
 *
 * @param name name of the metric or attribute
 * @param unit UCUM unit, {@code "1"} when dimensionless
 * @param kind gauge or counter
 * @param values the values of the rows that have one, in row order
 * @param absent ascending positions of the rows without a value; not copied
 * @param wrapBits width of the source counter, 32 or 64, or 0 when not known
 * @param scale factor already applied to a counter: it wraps at {@code scale * 2^wrapBits}
 */
public record ColumnBlock(
    String name,
    String unit,
    ColumnKind kind,
    Values values,
    int[] absent,
    int wrapBits,
    long scale) {

  private static final int[] NONE = {};

  /** A gauge with a value in every row. */
  public static ColumnBlock gauge(String name, String unit, Values values) {
    return new ColumnBlock(name, unit, ColumnKind.GAUGE, values, NONE, 0, 1);
  }

  /** The same for the rows from one position up to another. */
  ColumnBlock slice(int from, int to) {
    Dense dense = Dense.of(absent, from, to);
    return new ColumnBlock(
        name,
        unit,
        kind,
        values.slice(dense.first(), dense.end()),
        dense.absent(),
        wrapBits,
        scale);
  }
}
