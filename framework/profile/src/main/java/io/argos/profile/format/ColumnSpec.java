package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Type;
import java.util.List;
import java.util.Optional;

/**
 * A slow column of a table, or a scalar: read or computed at enrichment.
 *
 * @param name its name
 * @param type type of its values
 * @param origin where its values come from
 * @param fallback value of rows that have none
 * @param keep false for one that only other columns need
 */
public record ColumnSpec(
    String name, Type type, Origin origin, Optional<Constant> fallback, boolean keep) {

  /** Where values come from. */
  public sealed interface Origin {
    /** From the device. */
    record Read(List<SourceSpec> sources, Conversion conversion) implements Origin {
      public Read {
        sources = List.copyOf(sources);
      }
    }

    /** From other columns. */
    record Computed(Expression expression) implements Origin {}
  }
}
