package io.argos.spi;

import io.argos.schemas.Rejection;
import io.argos.schemas.ResourceClaim;

/**
 * Finds resources. Called by one virtual thread at a time for a source; {@link #close} may be
 * called while it runs.
 */
public interface Discoverer extends AutoCloseable {
  /**
   * Reads the source once and emits what it holds. The platform writes the run's begin and end.
   *
   * @throws InterruptedException when the deadline has passed or the agent stops; the run is then
   *     aborted and removes nothing
   */
  Outcome run(Run run, Emitter emitter) throws InterruptedException;

  @Override
  void close();

  /** Takes what a run finds. Blocks while results cannot be sent. */
  interface Emitter {
    void found(ResourceClaim claim) throws InterruptedException;

    /** An entry that is not a valid resource; nothing is removed by such a run. */
    void rejected(Rejection rejection) throws InterruptedException;
  }

  /** How a run ended. */
  sealed interface Outcome {
    /** The source was read to its end. */
    record Complete() implements Outcome {}

    /** Part of the source could not be read; what was found counts, nothing is removed. */
    record Incomplete(Failure failure) implements Outcome {}

    /** Nothing could be read. */
    record Failed(Failure failure) implements Outcome {}
  }
}
