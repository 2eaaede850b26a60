package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import io.argos.snmp.Oid;
import java.util.Optional;

/**
 * One place from which a column can be read. Of several the first that has a value for a row wins.
 *
 * @param oid the column, or the instance of a scalar
 * @param when condition over scalars; the source is left out where it is not true
 * @param scale factor applied to its numbers
 */
public record SourceSpec(Oid oid, Optional<Expression> when, double scale) {
  /** True when the scaled values of an integer column stay integers. */
  public boolean isIntegral() {
    return scale == Math.rint(scale) && Math.abs(scale) < 1e15;
  }
}
