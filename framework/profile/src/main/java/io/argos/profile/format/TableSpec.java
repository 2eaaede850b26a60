package io.argos.profile.format;

import io.argos.profile.expression.Expression;
import io.argos.snmp.Oid;
import java.util.List;
import java.util.Optional;

/**
 * A table: its slow columns, which make up an enrichment namespace of its name, and its fast ones.
 *
 * @param name its name, and that of the namespace
 * @param when condition over scalars under which the device is asked for it
 * @param keep false for a scratch table that other tables look things up in
 * @param columns slow columns, in order
 * @param rows columns whose indexes make up the rows; all read ones when empty
 * @param presence columns of which one must have rows for the device to have this table
 * @param where rows to keep
 * @param key stable name of a row; its index where absent
 * @param polled fast columns
 * @param lastChange scalar with the sysUpTime at which rows last came or went
 * @param discontinuity column with the sysUpTime of each row's last counter discontinuity
 */
public record TableSpec(
    String name,
    Optional<Expression> when,
    boolean keep,
    List<ColumnSpec> columns,
    List<String> rows,
    List<String> presence,
    Optional<Expression> where,
    Optional<Expression> key,
    List<PolledSpec> polled,
    Optional<Oid> lastChange,
    Optional<Oid> discontinuity) {
  public TableSpec {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    presence = List.copyOf(presence);
    polled = List.copyOf(polled);
  }

  /** True when every row of the device is kept, so that one unknown to the enrichment is new. */
  public boolean isWhole() {
    return where.isEmpty() && rows.isEmpty();
  }
}
