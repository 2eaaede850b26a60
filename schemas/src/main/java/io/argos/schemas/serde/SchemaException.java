package io.argos.schemas.serde;

/** A schema cannot be had from the registry. */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The registry does not know the schema, subject or id. */
    UNKNOWN,
    /** The schema breaks the subject's compatibility. */
    INCOMPATIBLE,
    /** The registry did not answer, or not as a registry does. */
    UNREACHABLE
  }

  private final Reason reason;

  public SchemaException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public SchemaException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
