package io.argos.bench;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpPlan;
import java.util.ArrayList;
import java.util.List;

/** The poll that all pollers are measured by: sysUpTime and twenty interface columns. */
final class StandardPoll {
  /** One scalar, and twenty columns of 48 interfaces. */
  static final int VALUES = 961;

  private static final int[] IF_TABLE = {2, 3, 7, 8, 9, 13, 14, 19, 20};
  private static final int[] IF_X_TABLE = {1, 6, 7, 8, 9, 10, 11, 12, 13, 15, 18};

  private StandardPoll() {}

  static SnmpPlan plan() {
    List<Oid> columns = new ArrayList<>();
    for (int column : IF_TABLE) {
      columns.add(Oid.parse("1.3.6.1.2.1.2.2.1").append(column));
    }
    for (int column : IF_X_TABLE) {
      columns.add(Oid.parse("1.3.6.1.2.1.31.1.1.1").append(column));
    }
    return SnmpPlan.of(List.of(Oid.parse("1.3.6.1.2.1.1.3.0")), columns);
  }
}
