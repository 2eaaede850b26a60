package io.argos.profile;

import io.argos.profile.expression.Expression;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.ColumnSpec;
import io.argos.profile.format.SourceSpec;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpReply;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reading and computing slow columns. */
final class ColumnReads {
  private ColumnReads() {}

  /** True when there is no condition, or it is true of the device. */
  static boolean holds(Optional<Expression> condition, DeviceData data) {
    return condition.isEmpty() || condition.get().evaluate(data).isTrue(0);
  }

  /** The sources whose condition holds. */
  static List<SourceSpec> sources(List<SourceSpec> all, DeviceData data) {
    List<SourceSpec> chosen = new ArrayList<>();
    for (SourceSpec source : all) {
      if (holds(source.when(), data)) {
        chosen.add(source);
      }
    }
    return chosen;
  }

  /** The oids that some columns are read from. */
  static Set<Oid> oids(List<ColumnSpec> columns, DeviceData data) {
    Set<Oid> oids = new LinkedHashSet<>();
    for (ColumnSpec column : columns) {
      if (column.origin() instanceof ColumnSpec.Origin.Read read) {
        sources(read.sources(), data).forEach(source -> oids.add(source.oid()));
      }
    }
    return oids;
  }

  /** The values of one column for the rows. */
  static Vector read(ColumnSpec column, TableRows rows, DeviceData data, SnmpReply reply) {
    Vector values =
        switch (column.origin()) {
          case ColumnSpec.Origin.Computed(Expression expression) ->
              typed(expression.evaluate(data.about(rows)), column, rows.size());
          case ColumnSpec.Origin.Read read -> {
            Vector vector = SnmpValues.empty(column.type(), rows.size());
            for (SourceSpec source : sources(read.sources(), data)) {
              SnmpColumn answer = reply.values().get(source.oid());
              if (answer != null) {
                int[] positions = new int[rows.size()];
                IndexRows.align(rows.indexes(), answer, positions);
                SnmpValues.fill(vector, answer, positions, read.conversion(), source.scale());
              }
            }
            yield SnmpValues.settled(vector);
          }
        };
    return column.fallback().map(constant -> constant.fill(values)).orElse(values);
  }

  /** {@code none} alone has no type of its own. */
  private static Vector typed(Vector vector, ColumnSpec column, int size) {
    return vector.type() == column.type() ? vector : Vector.allAbsent(column.type(), size);
  }

  /** The indexes of a column's rows in a reply, over all of its sources. */
  static List<int[][]> indexes(ColumnSpec column, DeviceData data, SnmpReply reply) {
    List<int[][]> sets = new ArrayList<>();
    if (column.origin() instanceof ColumnSpec.Origin.Read read) {
      for (SourceSpec source : sources(read.sources(), data)) {
        SnmpColumn answer = reply.values().get(source.oid());
        if (answer != null) {
          sets.add(answer.indexes());
        }
      }
    }
    return sets;
  }
}
