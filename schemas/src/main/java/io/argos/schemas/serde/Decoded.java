package io.argos.schemas.serde;

import org.apache.avro.specific.SpecificRecord;

/** What became of some bytes. */
public sealed interface Decoded<T extends SpecificRecord> {
  /** A record. */
  record Value<T extends SpecificRecord>(T record) implements Decoded<T> {}

  /** Bytes that are no such record, with the reason in one sentence. */
  record Poison<T extends SpecificRecord>(String reason) implements Decoded<T> {}
}
