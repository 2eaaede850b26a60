package io.argos.manager.stream;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * How topologies are tied to topics: as bytes, because a fold's processor reads them by its own
 * rules and a record that is none must not stop the task.
 */
public final class Taps {
  /** Keys and values as they lie in the log. */
  public static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private Taps() {}

  /** A named source whose time is that of the log. */
  public static Consumed<byte[], byte[]> source(String name) {
    return Consumed.with(BYTES, BYTES).withTimestampExtractor(new LogTime()).withName(name);
  }

  /** A named sink that keeps a resource on its partition. */
  public static Produced<byte[], byte[]> byResource(String name) {
    return Produced.with(BYTES, BYTES, new ByResource()).withName(name);
  }

  /** A named sink of dead letters, which have one partition. */
  public static Produced<byte[], byte[]> deadLetters(String name) {
    return Produced.with(BYTES, BYTES).withName(name);
  }
}
