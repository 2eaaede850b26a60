package io.argos.snmp;

import java.util.List;

/**
 * All that one poll reads of a device.
 *
 * @param scalars instances to GET, each with its full oid
 * @param columns columns to walk to their ends
 * @param rows known rows to GET, each column at each index: packed many to a request
 */
public record SnmpPlan(List<Oid> scalars, List<Oid> columns, List<RowsPlan> rows) {
  public SnmpPlan {
    scalars = List.copyOf(scalars);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** A plan of scalars and walked columns. */
  public static SnmpPlan of(List<Oid> scalars, List<Oid> columns) {
    return new SnmpPlan(scalars, columns, List.of());
  }

  /** Fails for an oid that cannot be asked for; what is encoded for it is kept in the oid. */
  void checkOids() {
    scalars.forEach(Oid::ber);
    columns.forEach(Oid::ber);
    rows.forEach(planned -> planned.columns().forEach(Oid::ber));
  }

  /**
   * Columns read at known indexes.
   *
   * @param columns the columns
   * @param indexes the indexes, not copied
   */
  public record RowsPlan(List<Oid> columns, int[][] indexes) {
    public RowsPlan {
      columns = List.copyOf(columns);
    }
  }
}
