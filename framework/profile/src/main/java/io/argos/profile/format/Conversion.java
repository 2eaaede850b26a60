package io.argos.profile.format;

import io.argos.profile.expression.Type;
import java.util.Map;

/**
 * How an SNMP value becomes a value of the expression language.
 *
 * @param kind what it is read as
 * @param names names of the numbers of an enumeration; a number without a name is absent
 */
public record Conversion(Kind kind, Map<Long, String> names) {
  public Conversion {
    names = Map.copyOf(names);
  }

  /** What a value is read as. */
  public enum Kind {
    /** UTF-8; an empty text is absent. */
    TEXT,
    /** A number, or a text of decimal digits. */
    INTEGER,
    /** A number, or a text of a decimal fraction. */
    NUMBER,
    /** Six octets as {@code AA:BB:CC:DD:EE:FF}; no octets are absent. */
    MAC,
    /** Octets as upper-case hexadecimal digits. */
    HEX,
    /** Four or sixteen octets as an address. */
    ADDRESS,
    /** An object identifier in dotted form. */
    OID
  }

  /** Type of the result. */
  public Type type() {
    if (!names.isEmpty()) {
      return Type.TEXT;
    }
    return switch (kind) {
      case INTEGER -> Type.INTEGER;
      case NUMBER -> Type.NUMBER;
      case TEXT, MAC, HEX, ADDRESS, OID -> Type.TEXT;
    };
  }
}
