package io.argos.runtime.secret;

/** An envelope cannot be opened; the message names it, and never what is in it. */
public final class SecretEnvelopeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SecretEnvelopeException(String message) {
    super(message);
  }

  SecretEnvelopeException(String message, Throwable cause) {
    super(message, cause);
  }
}
