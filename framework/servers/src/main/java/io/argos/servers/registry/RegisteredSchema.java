package io.argos.servers.registry;

import org.apache.avro.Schema;

/** One version of a subject; the text is the schema as Avro writes it, by which it is known. */
record RegisteredSchema(String subject, int version, int id, String text, Schema parsed) {}
