package io.argos.servers;

/**
 * A server cannot start for a reason that a person can mend. The message is one sentence that says
 * which, why and what to do.
 */
public final class ServerStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ServerStartException(String message) {
    super(message);
  }

  public ServerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
