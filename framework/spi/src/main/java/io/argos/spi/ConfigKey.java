package io.argos.spi;

import java.util.Optional;

/**
 * One key of a plugin's configuration. The platform checks type and presence before the plugin sees
 * a value.
 *
 * @param name key as written in the file, lower case with hyphens
 * @param type type of the value
 * @param fallback value in force when the key is absent, in its written form; empty when the key is
 *     required
 * @param doc one sentence for the reference page, with the unit
 */
public record ConfigKey(String name, Type type, Optional<String> fallback, String doc) {

  /** Type of a value. */
  public enum Type {
    STRING,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    /** Such as {@code 30s}, {@code 5m} or {@code PT30S}. */
    DURATION,
    STRING_LIST,
    /** A flat mapping of strings. */
    STRING_MAP,
  }

  /** A key that must be given. */
  public static ConfigKey required(String name, Type type, String doc) {
    return new ConfigKey(name, type, Optional.empty(), doc);
  }

  /** A key with a default. A list or map falls back to an empty one with {@code ""}. */
  public static ConfigKey optional(String name, Type type, String fallback, String doc) {
    return new ConfigKey(name, type, Optional.of(fallback), doc);
  }
}
