package io.argos.schemas.topic;

/** How Kafka cleans a topic. */
public enum Cleanup {
  /** Keeps the latest record of each key. */
  COMPACT,
  /** Drops records after their retention. */
  DELETE
}
