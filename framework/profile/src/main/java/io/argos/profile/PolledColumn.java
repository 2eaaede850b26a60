package io.argos.profile;

import io.argos.profile.expression.Type;
import io.argos.profile.expression.Vector;
import io.argos.profile.format.PolledSpec;
import io.argos.profile.format.SourceSpec;
import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpType;
import java.util.Collection;
import java.util.List;

/**
 * A fast column of one device. Learns which of its sources the device has: a source that gave no
 * row anything after those before it is not asked for again until the rows change, fewer values
 * come of the others, or it is the turn of rows that have had none.
 */
final class PolledColumn {
  private final PolledSpec spec;
  private final List<SourceSpec> sources;
  private final boolean[] needed;
  private final boolean[] contributed;
  private boolean gave;
  private int filled;
  private int lacking;
  private int filledWhenLearnt;
  private int wrapBits;
  private long scale = 1;

  PolledColumn(PolledSpec spec, List<SourceSpec> sources) {
    this.spec = spec;
    this.sources = sources;
    this.needed = new boolean[sources.size()];
    this.contributed = new boolean[sources.size()];
    forget();
  }

  PolledSpec spec() {
    return spec;
  }

  /** Asks for every source again. */
  void forget() {
    java.util.Arrays.fill(needed, true);
  }

  /** Keeps to the sources that gave something; the preferred one is always asked for. */
  boolean learn() {
    boolean changed = false;
    filledWhenLearnt = filled;
    for (int i = 1; i < needed.length; i++) {
      changed |= needed[i] != contributed[i];
      needed[i] = contributed[i];
    }
    return changed;
  }

  /** True when fewer values came than did, and there are sources that were not asked. */
  boolean isLost() {
    return !asksAll() && filled < filledWhenLearnt;
  }

  /** True when some row had no value, and there are sources that were not asked. */
  boolean isLacking() {
    return !asksAll() && lacking > 0;
  }

  /** True when none of its sources is left out. */
  boolean asksAll() {
    boolean all = true;
    for (boolean asked : needed) {
      all &= asked;
    }
    return all;
  }

  void begin() {
    java.util.Arrays.fill(contributed, false);
    filled = 0;
    lacking = 0;
  }

  void oids(Collection<Oid> into) {
    for (int i = 0; i < needed.length; i++) {
      if (needed[i]) {
        into.add(sources.get(i).oid());
      }
    }
  }

  /** True when a source that was asked for was not read to its end. */
  boolean isUnread(SnmpReply reply) {
    for (int i = 0; i < needed.length; i++) {
      if (needed[i]) {
        SnmpColumn column = reply.values().get(sources.get(i).oid());
        if (column == null || !column.complete()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Width at which the values last read wrap, or 0. */
  int wrapBits() {
    return wrapBits;
  }

  /** Factor of the values last read. */
  long scale() {
    return scale;
  }

  /** True when some row had a value when last read; the sections that share it read in turn. */
  boolean hasValues() {
    return gave;
  }

  /** Passes each column of the reply that this one is read from. */
  void columns(SnmpReply reply, java.util.function.Consumer<SnmpColumn> each) {
    for (int i = 0; i < needed.length; i++) {
      SnmpColumn column = needed[i] ? reply.values().get(sources.get(i).oid()) : null;
      if (column != null && column.size() > 0) {
        each.accept(column);
      }
    }
  }

  /**
   * The values for some rows.
   *
   * @param positions scratch space of at least as many places as rows
   */
  Vector read(SnmpReply reply, RowFinder finder, int rows, int[] positions) {
    gave = false;
    wrapBits = 0;
    scale = 1;
    Vector partial = null;
    int left = rows;
    for (int i = 0; i < needed.length && left > 0; i++) {
      SourceSpec source = sources.get(i);
      SnmpColumn column = needed[i] ? reply.values().get(source.oid()) : null;
      if (column == null || column.size() == 0) {
        continue;
      }
      int found = finder.find(column, positions);
      if (found == 0) {
        continue;
      }
      if (partial == null && found == rows && spec.type() == Type.INTEGER) {
        Vector whole = copy(column, positions, rows, (long) source.scale());
        if (whole != null) {
          gave(i, rows);
          note(column, source, true);
          return whole;
        }
      }
      boolean first = partial == null;
      partial = partial == null ? SnmpValues.empty(spec.type(), rows) : partial;
      int more = SnmpValues.fill(partial, column, positions, spec.conversion(), source.scale());
      if (more > 0) {
        note(column, source, first);
        gave(i, more);
        left -= more;
      }
    }
    lacking += left;
    return partial == null ? Vector.allAbsent(spec.type(), rows) : SnmpValues.settled(partial);
  }

  private void gave(int source, int values) {
    contributed[source] = true;
    filled += values;
    gave = true;
  }

  /** The short way of counters and the like: numbers copied, each with its factor. */
  private static @org.jspecify.annotations.Nullable Vector copy(
      SnmpColumn column, int[] positions, int rows, long factor) {
    long[] numbers = column.numbers();
    SnmpType[] types = column.types();
    long[] values = new long[rows];
    for (int row = 0; row < rows; row++) {
      int at = positions[row];
      if (!types[at].isNumber()) {
        return null;
      }
      values[row] = numbers[at] * factor;
    }
    return new Vector.Integers(values, Vector.NONE_ABSENT);
  }

  /** Sources of different width or factor in one column leave neither known. */
  private void note(SnmpColumn column, SourceSpec source, boolean first) {
    int bits =
        switch (column.types()[0]) {
          case COUNTER64 -> 64;
          case COUNTER32 -> 32;
          case INTEGER, OCTETS, OID, IP_ADDRESS, GAUGE32, TIME_TICKS, OPAQUE, ABSENT -> 0;
        };
    long factor = source.isIntegral() ? (long) source.scale() : 1;
    if (first) {
      wrapBits = bits;
      scale = factor;
    } else if (wrapBits != bits || scale != factor) {
      wrapBits = 0;
      scale = 1;
    }
  }

  /** Finds the rows' positions in a column. */
  interface RowFinder {
    int find(SnmpColumn column, int[] positions);
  }
}
