package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import io.argos.schemas.ColumnKind;
import java.util.List;
import java.util.Optional;

/**
 * A section: how a poll's values become the rows of a metric group.
 *
 * @param section its name, unique in the profile
 * @param name name of the metric group
 * @param table the table whose rows it is about; empty for scalars
 * @param when condition over scalars and tables under which it is polled
 * @param where rows of the enrichment that it is about
 * @param grouping how rows fold
 * @param rows metrics and fast columns one of which must have a value for a row to go out
 * @param status name of the status metric that it counts for, or {@link #NO_STATUS}
 * @param required condition under which a device that lacks the table fails the section
 * @param optional true when it is no failure that known rows have no values
 * @param partial condition over scalars and tables under which it leaves out rows of the device
 * @param distinct true when rows that are equal in all but their keys go out once
 * @param knownRows true to read the rows of the enrichment one by one rather than whole columns
 * @param polled fast columns of its own
 * @param dimensions dimensions of its rows
 * @param metrics metrics of its rows
 */
public record GroupSpec(
    String section,
    String name,
    Optional<String> table,
    Optional<Expression> when,
    Optional<Expression> where,
    Grouping grouping,
    List<String> rows,
    String status,
    Optional<Expression> required,
    boolean optional,
    Optional<Expression> partial,
    boolean distinct,
    boolean knownRows,
    List<PolledSpec> polled,
    List<Dimension> dimensions,
    List<Metric> metrics) {
  /** In place of a status metric: the section counts for none. */
  public static final String NO_STATUS = "none";

  public GroupSpec {
    rows = List.copyOf(rows);
    polled = List.copyOf(polled);
    dimensions = List.copyOf(dimensions);
    metrics = List.copyOf(metrics);
  }

  /** How rows fold into the rows of the group. */
  public sealed interface Grouping {
    /** They do not: a row for a row. */
    record Each() implements Grouping {}

    /** All rows of the table into one. */
    record All() implements Grouping {}

    /** The rows of equal value of an expression into one, of which the value is the key. */
    record By(Expression key) implements Grouping {}
  }

  /**
   * A dimension.
   *
   * @param name its name
   * @param value its value, from slow columns and scalars
   * @param fallback value of rows that have none; the dimension is absent there when empty
   */
  public record Dimension(String name, Expression value, Optional<String> fallback) {}

  /**
   * A metric.
   *
   * @param name its name
   * @param kind gauge or counter
   * @param unit UCUM unit
   * @param origin where its values come from
   * @param fallback value of rows that have none
   */
  public record Metric(
      String name, ColumnKind kind, String unit, Origin origin, Optional<Constant> fallback) {}

  /** Where the values of a metric come from. */
  public sealed interface Origin {
    /** As they are from a fast column. */
    record Column(String polled) implements Origin {}

    /** From columns and scalars. */
    record Computed(Expression expression) implements Origin {}
  }
}
