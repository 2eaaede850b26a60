package io.argos.runtime.table;

/**
 * One row of a table.
 *
 * @param key the record's key
 * @param value the decoded value
 * @param place where the record stands in the log
 */
public record TableEntry<T>(String key, T value, Place place) {

  /**
   * Where a record stands in the log.
   *
   * @param partition its partition
   * @param offset its offset
   * @param timestampMillis its time
   */
  public record Place(int partition, long offset, long timestampMillis) {}
}
