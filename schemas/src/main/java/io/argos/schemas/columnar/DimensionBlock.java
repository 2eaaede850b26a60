package io.argos.schemas.columnar;

/**
 * One dimension of a group's rows, dense like a column.
 *
 * @param name name of the dimension
 * @param values values of the rows that have one, in row order; not copied
 * @param absent ascending positions of the rows without this dimension; not copied
 */
public record DimensionBlock(String name, String[] values, int[] absent) {}
