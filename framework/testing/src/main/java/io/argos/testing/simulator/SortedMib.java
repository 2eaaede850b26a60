package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;

/** Instances in a sorted array, each with a value of its own. */
final class SortedMib implements Mib {
  /** The value of one instance at a moment. */
  interface Cell {
    Value at(Moment moment);
  }

  private final ObjectId[] oids;
  private final Cell[] cells;

  SortedMib(SortedMap<ObjectId, Cell> instances) {
    this.oids = instances.keySet().toArray(ObjectId[]::new);
    this.cells = instances.values().toArray(Cell[]::new);
  }

  int size() {
    return oids.length;
  }

  /**
   * An instance that is not there misses its object only when no other instance stands beside it: a
   * list of instances does not tell more about the objects.
   */
  @Override
  public Value get(ObjectId oid, Moment moment) {
    int found = Arrays.binarySearch(oids, oid);
    if (found >= 0) {
      return cells[found].at(moment);
    }
    if (oid.length() > 1) {
      ObjectId parent = oid.prefix(oid.length() - 1);
      int at = Arrays.binarySearch(oids, parent);
      int behind = at < 0 ? -at - 1 : at;
      if (behind < oids.length && oids[behind].startsWith(parent)) {
        return Value.Absent.NO_SUCH_INSTANCE;
      }
    }
    return Value.Absent.NO_SUCH_OBJECT;
  }

  @Override
  public Optional<Varbind> next(ObjectId oid, Moment moment) {
    int found = Arrays.binarySearch(oids, oid);
    int behind = found < 0 ? -found - 1 : found + 1;
    return behind == oids.length
        ? Optional.empty()
        : Optional.of(new Varbind(oids[behind], cells[behind].at(moment)));
  }
}
