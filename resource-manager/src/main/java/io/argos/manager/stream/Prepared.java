package io.argos.manager.stream;

import java.time.Instant;
import java.util.function.BiConsumer;

/** A record that has been read: either a step that can be run, or a refusal. */
sealed interface Prepared<F extends Fold> {
  /** A step, and the time that the task's clock has reached with it. */
  record Run<F extends Fold>(Instant reached, BiConsumer<F, Effects> step) implements Prepared<F> {}

  record Refuse<F extends Fold>(String reason) implements Prepared<F> {}
}
