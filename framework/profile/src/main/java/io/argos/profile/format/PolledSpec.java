package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Type;
import java.util.List;

/**
 * A fast column: read with every poll.
 *
 * @param name its name
 * @param type integer, number or text
 * @param sources where it is read from, preferred first
 * @param conversion how its values are read
 * @param required true when its absence is a failure of the poll
 * @param join how its rows are found
 */
public record PolledSpec(
    String name,
    Type type,
    List<SourceSpec> sources,
    Conversion conversion,
    boolean required,
    Join join) {
  public PolledSpec {
    sources = List.copyOf(sources);
  }

  /** How a row of the table finds its row in the column. */
  public sealed interface Join {
    /** By the same index. */
    record Same() implements Join {}

    /** By the index that an expression over slow columns yields. */
    record At(Expression index) implements Join {}

    /**
     * The first or the last row below the index that an expression over slow columns yields.
     *
     * @param last true for the last
     */
    record Under(Expression prefix, boolean last) implements Join {}
  }
}
