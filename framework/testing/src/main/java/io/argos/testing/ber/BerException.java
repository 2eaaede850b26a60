package io.argos.testing.ber;

/** Octets that are not the message they should be; the text says where and why. */
public final class BerException extends Exception {
  private static final long serialVersionUID = 1L;

  public BerException(String message) {
    super(message, null, false, false);
  }
}
