package io.argos.snmp;

/**
 * How many requests may be on their way at once, so that their answers do not overrun the socket's
 * receive buffer: grows while all goes well, shrinks when an answer was lost. Requests to devices
 * that are not known to answer have a window of their own, so that the dead do not hold up the
 * living.
 */
final class InFlightWindow {
  private static final int LEAST = 64;
  private static final int MOST = 4096;
  private static final int UNPROVEN = 2048;

  /** What the kernel charges a receive buffer for one answer of a frame's length. */
  private static final int CHARGED_OCTETS = 2304;

  private double size;
  private int proven;
  private int unproven;
  private long lastLoss;

  InFlightWindow(int receiveBuffer, long now) {
    size = Math.clamp(receiveBuffer / CHARGED_OCTETS, LEAST, MOST);
    lastLoss = now;
  }

  boolean hasRoom(boolean isProven) {
    return isProven ? proven < (int) size : unproven < UNPROVEN;
  }

  void enter(boolean isProven) {
    if (isProven) {
      proven++;
    } else {
      unproven++;
    }
  }

  void leave(boolean isProven) {
    if (isProven) {
      proven--;
    } else {
      unproven--;
    }
  }

  /** An answer came to the first packet of its request. */
  void arrived() {
    if (proven + 8 >= (int) size && size < MOST) {
      size += 1 / size;
    }
  }

  /** An answer came only to a repetition: its forerunner was lost. One burst counts once. */
  void lost(long now, long roundNanos) {
    if (now - lastLoss > roundNanos) {
      lastLoss = now;
      size = Math.max(LEAST, size * 0.7);
    }
  }
}
