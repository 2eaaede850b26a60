package io.argos.profile.expression;

/** An evaluation took more steps than it may. */
public final class LimitExceededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LimitExceededException(String message) {
    super(message, null, false, false);
  }
}
