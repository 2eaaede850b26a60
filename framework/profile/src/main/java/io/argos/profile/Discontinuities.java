package io.argos.profile;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpReply;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** When the counters of a device's rows last broke off, by the columns in which it says so. */
final class Discontinuities {
  private final Set<Oid> all = new LinkedHashSet<>();
  private final Set<Oid> columns = new LinkedHashSet<>();

  void add(Oid column) {
    all.add(column);
    columns.add(column);
  }

  /** Asks for every column again. */
  void forget() {
    columns.addAll(all);
  }

  void ask(Collection<Oid> into) {
    into.addAll(columns);
  }

  /** Asks no more for columns that the device lacks; true when there were some. */
  boolean learn(SnmpReply reply) {
    return columns.removeIf(oid -> {
      SnmpColumn column = reply.values().get(oid);
      return column != null && column.complete() && column.size() == 0;
    });
  }

  /** The latest of any row; one later than the uptime is from before that began anew at zero. */
  Optional<Instant> latest(SnmpReply reply, OptionalLong uptime, Instant at) {
    if (uptime.isEmpty()) {
      return Optional.empty();
    }
    long latest = 0;
    for (Oid oid : columns) {
      SnmpColumn column = reply.values().get(oid);
      if (column != null) {
        for (int row = 0; row < column.size(); row++) {
          long ticks = column.types()[row].isNumber() ? column.numbers()[row] : 0;
          latest = ticks > uptime.getAsLong() ? latest : Math.max(latest, ticks);
        }
      }
    }
    return latest == 0
        ? Optional.empty()
        : Optional.of(at.minusMillis((uptime.getAsLong() - latest) * 10));
  }
}
