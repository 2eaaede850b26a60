package io.argos.manager.stream;

import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * A fold of the log over the entries of one store. One instance serves one task and one thread. All
 * that a step changes goes through its {@link Effects}; what a fold holds in memory beside the
 * store it rebuilds in {@link #restore}.
 */
public interface Fold {
  /**
   * Rebuilds whatever is held in memory from the store: at the start of a task, and after a step
   * that failed half-way.
   *
   * @param entries the store
   * @param deadlines takes the deadline of each key that has one
   */
  void restore(Entries entries, BiConsumer<String, Instant> deadlines);

  /**
   * The deadline of a key has passed.
   *
   * @param key the key
   * @param at the deadline itself, at which what follows from it is dated
   * @param effects what is to be done
   */
  void deadline(String key, Instant at, Effects effects);
}
