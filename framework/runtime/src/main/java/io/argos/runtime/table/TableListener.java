package io.argos.runtime.table;

import java.util.Optional;

/**
 * Hears every change of a table, in the order of the log for each key, on the table's own thread.
 * It must not block for long; what it throws is logged and the table goes on.
 */
@FunctionalInterface
public interface TableListener<T> {

  /**
   * A key has a new value, or none any more.
   *
   * @param key the key
   * @param before the value until now; empty for a new key
   * @param after the value from now on; empty when the key was deleted
   * @param place where the record stands
   */
  void changed(String key, Optional<T> before, Optional<T> after, TableEntry.Place place);

  /** The partition is no longer held: its rows are gone from this table, not from the log. */
  default void dropped(int partition) {}
}
