package io.argos.manager.stream;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** What one record of a source topic turned out to be. */
public sealed interface Arrival<T extends SpecificRecord> {

  /**
   * A record that a fold may use.
   *
   * @param key the record's key
   * @param record the record
   * @param time time of the log at which it was written
   */
  record Accepted<T extends SpecificRecord>(String key, T record, Instant time)
      implements Arrival<T> {}

  /** A tombstone of a compacted topic. */
  record Tombstone<T extends SpecificRecord>(String key, Instant time) implements Arrival<T> {}

  /** A record that no fold may use, with the reason in one sentence. */
  record Refused<T extends SpecificRecord>(String reason) implements Arrival<T> {}
}
