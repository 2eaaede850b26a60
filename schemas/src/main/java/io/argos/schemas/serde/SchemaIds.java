package io.argos.schemas.serde;

import org.apache.avro.Schema;

/** The ids under which a registry knows schemas. Safe for use by any thread; answers are cached. */
public interface SchemaIds {
  /**
   * Id of a schema that is registered under a subject, which is the topic's name and {@code
   * -value}.
   *
   * @throws SchemaException when it is not registered there, or the registry is out of reach
   */
  int idOf(String subject, Schema schema);

  /**
   * The schema with an id.
   *
   * @throws SchemaException when there is none, or the registry is out of reach
   */
  Schema schemaOf(int id);

  /** Subject of the values of a topic. */
  static String subjectOf(String topic) {
    return topic + "-value";
  }
}
