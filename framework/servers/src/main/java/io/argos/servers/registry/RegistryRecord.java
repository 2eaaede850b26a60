package io.argos.servers.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * A record of the log of schemas, in the form that Confluent's registry writes, so that either can
 * take over the other's log.
 */
sealed interface RegistryRecord {
  ObjectMapper JSON = new ObjectMapper();

  /** A version of a subject. */
  record SchemaRecord(String subject, int version, int id, String text, boolean deleted)
      implements RegistryRecord {}

  /** The level of a subject, or of all when the subject is empty. */
  record LevelRecord(String subject, Compatibility level) implements RegistryRecord {}

  /** The key under which compaction keeps the last record. */
  default byte[] key() {
    ObjectNode key = JSON.createObjectNode();
    switch (this) {
      case SchemaRecord schema ->
          key.put("keytype", "SCHEMA")
              .put("subject", schema.subject())
              .put("version", schema.version())
              .put("magic", 1);
      case LevelRecord level ->
          key.put("keytype", "CONFIG")
              .put("subject", level.subject().isEmpty() ? null : level.subject())
              .put("magic", 0);
    }
    return bytes(key);
  }

  /** The value. */
  default byte[] value() {
    ObjectNode value = JSON.createObjectNode();
    switch (this) {
      case SchemaRecord schema ->
          value
              .put("subject", schema.subject())
              .put("version", schema.version())
              .put("id", schema.id())
              .put("schema", schema.text())
              .put("deleted", schema.deleted());
      case LevelRecord level -> value.put("compatibilityLevel", level.level().name());
    }
    return bytes(value);
  }

  /** Reads a record; empty for kinds that this registry does not know, and for tombstones. */
  static Optional<RegistryRecord> read(byte[] key, byte[] value) throws IOException {
    if (key == null || value == null) {
      return Optional.empty();
    }
    JsonNode keys = JSON.readTree(key);
    JsonNode values = JSON.readTree(value);
    String subject = keys.path("subject").asText("");
    return switch (keys.path("keytype").asText()) {
      case "SCHEMA" ->
          Optional.of(
              new SchemaRecord(
                  subject,
                  keys.path("version").asInt(),
                  values.path("id").asInt(),
                  values.path("schema").asText(),
                  values.path("deleted").asBoolean()));
      case "CONFIG" ->
          Compatibility.of(values.path("compatibilityLevel").asText())
              .map(level -> new LevelRecord(keys.path("subject").isNull() ? "" : subject, level));
      default -> Optional.empty();
    };
  }

  private static byte[] bytes(ObjectNode node) {
    try {
      return JSON.writeValueAsString(node).getBytes(UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON cannot be written", e);
    }
  }
}
