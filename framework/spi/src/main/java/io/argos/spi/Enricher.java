package io.argos.spi;

import io.argos.schemas.Resource;

/** Learns what changes slowly about a resource. Called by many virtual threads at once. */
public interface Enricher extends AutoCloseable {
  /**
   * Collects the enrichments of one resource. The platform hashes, expires, splits and suppresses
   * what has not changed.
   */
  Outcome run(Run run, Resource resource, Emitter emitter) throws InterruptedException;

  @Override
  void close();

  /**
   * Takes what a run finds; may be called for any resource. Blocks while results cannot be sent.
   */
  interface Emitter {
    void emit(EnrichmentContent content) throws InterruptedException;
  }

  /** How a run ended. */
  sealed interface Outcome {
    record Enriched(DeviceStatus status) implements Outcome {}

    record Failed(Failure failure, DeviceStatus status) implements Outcome {}
  }
}
