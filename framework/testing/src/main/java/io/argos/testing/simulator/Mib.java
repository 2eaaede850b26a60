package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import io.argos.testing.ber.Varbind;
import java.util.Optional;

/** What a device knows. Immutable and pure: the same moment gives the same answers. */
public interface Mib {
  /** The value of an instance, or noSuchObject or noSuchInstance. */
  Value get(ObjectId oid, Moment moment);

  /** The first instance behind an oid; empty at the end. */
  Optional<Varbind> next(ObjectId oid, Moment moment);

  /** Several parts as one; where two hold the same instance, the first counts. */
  static Mib of(Mib... parts) {
    return new CompositeMib(parts);
  }
}
