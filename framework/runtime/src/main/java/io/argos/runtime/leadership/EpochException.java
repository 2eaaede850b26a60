package io.argos.runtime.leadership;

/** An epoch could not be taken, and trying again may help. */
public final class EpochException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public EpochException(String message) {
    super(message);
  }

  public EpochException(String message, Throwable cause) {
    super(message, cause);
  }
}
