package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.util.List;
import java.util.Optional;

/** Several parts of a MIB as one. */
final class CompositeMib implements Mib {
  private final List<Mib> parts;

  CompositeMib(Mib... parts) {
    this.parts = List.of(parts);
  }

  @Override
  public Value get(ObjectId oid, Moment moment) {
    Value absent = Value.Absent.NO_SUCH_OBJECT;
    for (Mib part : parts) {
      Value value = part.get(oid, moment);
      if (value.isPresent()) {
        return value;
      }
      if (value == Value.Absent.NO_SUCH_INSTANCE) {
        absent = value;
      }
    }
    return absent;
  }

  @Override
  public Optional<Varbind> next(ObjectId oid, Moment moment) {
    Optional<Varbind> nearest = Optional.empty();
    for (Mib part : parts) {
      Optional<Varbind> next = part.next(oid, moment);
      if (next.isPresent()
          && (nearest.isEmpty() || next.get().oid().compareTo(nearest.get().oid()) < 0)) {
        nearest = next;
      }
    }
    return nearest;
  }
}
