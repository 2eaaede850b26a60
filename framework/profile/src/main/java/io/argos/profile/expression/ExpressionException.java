package io.argos.profile.expression;

/** An expression is wrong. The message is a sentence; the offset says where in the source. */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  ExpressionException(int offset, String message) {
    super(message);
    this.offset = offset;
  }

  /** Position in the source, from 0. */
  public int offset() {
    return offset;
  }
}
