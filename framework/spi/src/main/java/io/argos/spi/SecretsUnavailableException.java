package io.argos.spi;

/** The store of secrets is out of reach and the secret asked for is not cached. */
public final class SecretsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SecretsUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
