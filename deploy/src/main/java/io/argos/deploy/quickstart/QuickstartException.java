package io.argos.deploy.quickstart;

/** A quickstart cannot go on; the message is for the person who started it. */
public final class QuickstartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public QuickstartException(String message) {
    super(message);
  }
}
