package io.argos.schemas.columnar;

import java.util.Arrays;

/**
 * One dimension of a group's rows, dense like a column.
 *
 * @param name name of the dimension
 * @param values values of the rows that have one, in row order; not copied
 * @param absent ascending positions of the rows without this dimension; not copied
 */
public record DimensionBlock(String name, String[] values, int[] absent) {

  /** The same for the rows from one position up to another. */
  DimensionBlock slice(int from, int to) {
    Dense dense = Dense.of(absent, from, to);
    return new DimensionBlock(
        name, Arrays.copyOfRange(values, dense.first(), dense.end()), dense.absent());
  }
}
