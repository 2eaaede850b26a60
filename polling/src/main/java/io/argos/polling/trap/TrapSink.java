package io.argos.polling.trap;

import io.argos.schemas.Event;
import io.argos.schemas.Request;
import java.util.concurrent.CompletableFuture;

/** Where events and wishes go. Blocks while no more can be held. */
interface TrapSink {
  /**
   * Writes an event.
   *
   * @return completes when all replicas have it, exceptionally when it could not be delivered
   */
  CompletableFuture<?> event(Event event) throws InterruptedException;

  /** Asks for a poll. */
  void request(Request request) throws InterruptedException;

  /** True while so much waits to be written that nothing more should be begun. */
  boolean blocked();
}
