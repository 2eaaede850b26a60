package io.argos.profile;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Type;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.ColumnSpec;
import io.argos.profile.format.SourceSpec;
import io.argos.profile.format.TableSpec;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpReply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What names the rows of a table, to be read again where their indexes may have been dealt anew:
 * RFC 2863 keeps an ifIndex from one initialisation of the agent to the next, and no longer.
 */
final class RowIdentity {
  private final String table;
  private final TableRows enriched;
  private final List<ColumnSpec> columns;
  private final DeviceData data;

  private RowIdentity(String table, TableRows enriched, List<ColumnSpec> columns, DeviceData data) {
    this.table = table;
    this.enriched = enriched;
    this.columns = columns;
    this.data = data;
  }

  /** The identity of a table's rows; empty where no column that is read names them. */
  static Optional<RowIdentity> of(TableSpec table, TableRows enriched, DeviceData data) {
    Set<String> names = table.key().map(Expression::names).orElse(Set.of());
    List<ColumnSpec> columns = new ArrayList<>();
    for (ColumnSpec column : table.columns()) {
      if (column.keep()
          && column.type() == Type.TEXT
          && names.contains(column.name())
          && column.origin() instanceof ColumnSpec.Origin.Read) {
        columns.add(column);
      }
    }
    return columns.isEmpty() || enriched.size() == 0
        ? Optional.empty()
        : Optional.of(new RowIdentity(table.name(), enriched, columns, data));
  }

  /** Name of the table. */
  String table() {
    return table;
  }

  void ask(Collection<Oid> into) {
    into.addAll(ColumnReads.oids(columns, data));
  }

  /** True when a column that names them was not read to its end. */
  boolean isUnread(SnmpReply reply) {
    return ColumnReads.oids(columns, data).stream()
        .map(oid -> reply.values().get(oid))
        .anyMatch(column -> column == null || !column.complete());
  }

  /** False when a row that is there has another name than it had at the enrichment. */
  boolean holds(SnmpReply reply) {
    for (ColumnSpec column : columns) {
      Vector now = ColumnReads.read(column, enriched, data, reply);
      Vector then = enriched.column(column.name());
      int[] positions = new int[enriched.size()];
      for (SourceSpec source : ((ColumnSpec.Origin.Read) column.origin()).sources()) {
        SnmpColumn answer = reply.values().get(source.oid());
        if (answer == null) {
          continue;
        }
        IndexRows.align(enriched.indexes(), answer, positions);
        for (int row = 0; row < positions.length; row++) {
          if (positions[row] >= 0 && !now.textAt(row).equals(then.textAt(row))) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
