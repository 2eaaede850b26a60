package io.argos.manager.stream;

/**
 * A fold refuses a record by a rule of its own, before it has changed anything. The record goes to
 * dead letters with the message as its reason.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String reason) {
    super(reason);
  }
}
