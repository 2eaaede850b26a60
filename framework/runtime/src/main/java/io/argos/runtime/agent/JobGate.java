package io.argos.runtime.agent;

import io.argos.schemas.Job;
import java.util.Set;

/**
 * What a stage's tables have to say before a job starts. All methods are quick and must not block;
 * {@link #assigned} and {@link #revoked} are called by the thread that polls Kafka, the others by
 * the thread that starts jobs.
 */
@FunctionalInterface
public interface JobGate {
  /** Whether a due job of a ready partition can start. */
  Readiness check(Job job);

  /** Whether the tables of a partition have caught up since it was assigned. */
  default boolean ready(int partition) {
    return true;
  }

  /** These partitions are this agent's from now on. */
  default void assigned(Set<Integer> partitions) {}

  /** These partitions are no longer this agent's. */
  default void revoked(Set<Integer> partitions) {}

  /**
   * Whether this agent may take partitions at all; asked all the while, so that it may leave again.
   */
  default boolean admitted() {
    return true;
  }
}
