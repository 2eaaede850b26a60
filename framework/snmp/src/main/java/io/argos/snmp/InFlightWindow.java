package io.argos.snmp;

/**
 * How many requests may be on their way at once, so that their answers do not overrun the socket's
 * receive buffer. Networks lose single packets at all times, which says nothing about the buffer:
 * the window shrinks only when more than a few of a hundred answers of one period were lost, and
 * grows otherwise. Requests to devices that are not known to answer have a window of their own, so
 * that the dead do not hold up the living.
 */
final class InFlightWindow {
  private static final int LEAST = 64;
  private static final int MOST = 4096;
  private static final int UNPROVEN = 2048;

  /** What the kernel charges a receive buffer for one answer of a frame's length. */
  private static final int CHARGED_OCTETS = 2304;

  private static final double TOLERATED_LOSS = 0.03;

  /** Fewer answers than this in a period tell nothing. */
  private static final int TELLING = 50;

  private final double least;
  private double size;
  private int proven;
  private int unproven;
  private int arrived;
  private int lost;
  private long periodEnd;

  InFlightWindow(int receiveBuffer, long now) {
    size = Math.clamp(receiveBuffer / CHARGED_OCTETS, LEAST, MOST);
    least = Math.max(LEAST, size / 4);
    periodEnd = now;
  }

  boolean hasRoom(boolean isProven) {
    return isProven ? proven < (int) size : unproven < UNPROVEN;
  }

  /** Requests that may be on their way to devices known to answer. */
  int size() {
    return (int) size;
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
    arrived++;
    if (proven + 8 >= (int) size && size < MOST) {
      size += 1 / size;
    }
  }

  /** An answer came only to a repetition: its forerunner was lost. */
  void lost() {
    lost++;
  }

  /** Judges the period that has passed, if one has. */
  void judge(long now, long periodNanos) {
    if (now < periodEnd) {
      return;
    }
    if (arrived + lost >= TELLING && lost > (arrived + lost) * TOLERATED_LOSS) {
      size = Math.max(least, size * 0.7);
    }
    arrived = 0;
    lost = 0;
    periodEnd = now + periodNanos;
  }
}
