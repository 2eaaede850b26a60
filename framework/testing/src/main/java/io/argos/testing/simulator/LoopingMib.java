package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.util.Optional;

/** A MIB in which the walk of one column leads from a certain row back to the first. */
final class LoopingMib implements Mib {
  private final Mib inner;
  private final ObjectId column;
  private final int rows;

  LoopingMib(Mib inner, ObjectId column, int rows) {
    this.inner = inner;
    this.column = column;
    this.rows = rows;
  }

  @Override
  public Value get(ObjectId oid, Moment moment) {
    return inner.get(oid, moment);
  }

  @Override
  public Optional<Varbind> next(ObjectId oid, Moment moment) {
    return oid.startsWith(column) && oid.compareTo(lastRow(moment)) >= 0
        ? inner.next(column, moment)
        : inner.next(oid, moment);
  }

  private ObjectId lastRow(Moment moment) {
    ObjectId last = column;
    for (int i = 0; i < rows; i++) {
      Optional<Varbind> next = inner.next(last, moment);
      if (next.isEmpty() || !next.get().oid().startsWith(column)) {
        break;
      }
      last = next.get().oid();
    }
    return last;
  }
}
