package io.argos.runtime.filter;

/**
 * A filter cannot be read. The message names the column, what stands there and what was expected.
 */
public final class FilterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FilterException(int column, String message) {
    super("column %d: %s".formatted(column, message));
  }
}
