package io.argos.profile.expression;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names that an expression may use, with their types.
 *
 * @param table name of the table that the expression is about; empty when it is about none
 * @param columns columns of that table, which expressions name directly
 * @param tables columns of all tables, which expressions name as {@code table.column}
 * @param scalars single values
 * @param aggregating true when rows are folded, so that columns stand within aggregates only
 */
public record Scope(
    String table,
    Map<String, Type> columns,
    Map<String, Map<String, Type>> tables,
    Map<String, Type> scalars,
    boolean aggregating) {
  public Scope {
    columns = new LinkedHashMap<>(columns);
    tables = new LinkedHashMap<>(tables);
    scalars = new LinkedHashMap<>(scalars);
  }

  /** A scope of scalars only, with tables for aggregates and look-ups. */
  public static Scope ofScalars(Map<String, Type> scalars, Map<String, Map<String, Type>> tables) {
    return new Scope("", Map.of(), tables, scalars, false);
  }
}
