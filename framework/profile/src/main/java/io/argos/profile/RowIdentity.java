package io.argos.profile;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.ColumnSpec;
import io.argos.profile.format.GroupSpec;
import io.argos.profile.format.PolledSpec;
import io.argos.profile.format.SourceSpec;
import io.argos.profile.format.TableSpec;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpReply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What names the rows of a table, and what tells where else their values are, to be read again
 * where indexes may have been dealt anew: RFC 2863 keeps an ifIndex from one initialisation of the
 * agent to the next, and no longer.
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

  /** The identity of a table's rows; empty where no column that is read says anything of it. */
  static Optional<RowIdentity> of(
      TableSpec table, List<GroupSpec> groups, TableRows enriched, DeviceData data) {
    Set<String> names = new HashSet<>();
    table.key().ifPresent(key -> names.addAll(key.names()));
    table.polled().forEach(polled -> names.addAll(joined(polled)));
    groups.stream()
        .filter(group -> group.table().equals(Optional.of(table.name())))
        .flatMap(group -> group.polled().stream())
        .forEach(polled -> names.addAll(joined(polled)));
    List<ColumnSpec> columns = new ArrayList<>();
    // A computed column is told by those before it.
    for (ColumnSpec column : table.columns().reversed()) {
      if (names.contains(column.name())) {
        switch (column.origin()) {
          case ColumnSpec.Origin.Computed(Expression expression) ->
              names.addAll(expression.names());
          case ColumnSpec.Origin.Read _ -> {
            if (column.keep()) {
              columns.add(column);
            }
          }
        }
      }
    }
    return columns.isEmpty() || enriched.size() == 0
        ? Optional.empty()
        : Optional.of(new RowIdentity(table.name(), enriched, columns.reversed(), data));
  }

  private static Set<String> joined(PolledSpec polled) {
    return switch (polled.join()) {
      case PolledSpec.Join.Same _ -> Set.of();
      case PolledSpec.Join.At(Expression index) -> index.names();
      case PolledSpec.Join.Under(Expression prefix, _) -> prefix.names();
    };
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

  /**
   * False when a row that is there has another name than it had at the enrichment.
   *
   * @param booted true when one without a name may be another as well
   */
  boolean holds(SnmpReply reply, boolean booted) {
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
          if ((booted || positions[row] >= 0) && !now.textAt(row).equals(then.textAt(row))) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
