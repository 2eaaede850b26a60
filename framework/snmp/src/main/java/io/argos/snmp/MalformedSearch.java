package io.argos.snmp;

/**
 * Narrows down which values of an exchange come in a form that cannot be understood, so that the
 * others are read. Belongs to the thread of its loop.
 */
final class MalformedSearch {
  /** Requests given up for malformed replies, in an exchange until it ends. */
  private static final int MOST = 16;

  private int bindings = Integer.MAX_VALUE;
  private int givenUp;
  private boolean begun;

  /** Most bindings to ask for in one packet. */
  int bindings() {
    return bindings;
  }

  /**
   * True when a request need not be repeated after a malformed reply: it was seen that this was no
   * packet that went bad on its way, and what it asked for is asked for again in parts.
   */
  boolean isQuick(Request request) {
    return begun && request.bindings() > 1;
  }

  /** A request is given up; false when it is not worth while to go on. */
  boolean goesOn() {
    return ++givenUp < MOST;
  }

  /** The value is among those of a request. */
  void isAmong(Request request) {
    begun = true;
    bindings = Math.max(1, request.bindings() / 2);
  }

  /** The value is among those that a request left out when it was made smaller. */
  void isBehind(Request request) {
    begun = true;
    bindings = Math.min(bindings, request.bindings());
  }

  /** The value is found. */
  void found() {
    bindings = Integer.MAX_VALUE;
  }
}
