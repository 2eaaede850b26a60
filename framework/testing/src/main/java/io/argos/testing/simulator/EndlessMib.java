package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.util.Optional;

/** A MIB in which one column never ends. */
final class EndlessMib implements Mib {
  private final Mib inner;
  private final ObjectId column;

  EndlessMib(Mib inner, ObjectId column) {
    this.inner = inner;
    this.column = column;
  }

  @Override
  public Value get(ObjectId oid, Moment moment) {
    if (oid.startsWith(column)) {
      return oid.length() == column.length() + 1
          ? Value.integer(oid.last())
          : Value.Absent.NO_SUCH_INSTANCE;
    }
    return inner.get(oid, moment);
  }

  @Override
  public Optional<Varbind> next(ObjectId oid, Moment moment) {
    if (oid.startsWith(column)) {
      int last = oid.length() > column.length() ? oid.arc(column.length()) : 0;
      return Optional.of(row(last + 1));
    }
    Optional<Varbind> next = inner.next(oid, moment);
    boolean before = oid.compareTo(column) < 0;
    return before && (next.isEmpty() || next.get().oid().compareTo(column) > 0)
        ? Optional.of(row(1))
        : next;
  }

  private Varbind row(int index) {
    return new Varbind(column.append(index), Value.integer(index));
  }
}
