package io.argos.manager.metrics;

/**
 * Whether a device went on running between two samples, told from its sysUpTime.
 *
 * <p>sysUpTime counts hundredths of a second in 32 bits and wraps after 497 days (RFC 3418), so a
 * fall is a wrap when the time between the samples explains it, and a restart otherwise.
 */
enum Continuity {
  /** It went on. */
  UNBROKEN,
  /** Not told: no uptime, or one that does not move. */
  UNKNOWN,
  /** It restarted. */
  RESTARTED,
  /** More time passed on the device than on our side, so the time between is not to be trusted. */
  CLOCK_ASTRAY;

  private static final long MILLIS_PER_CENTI = 10;
  private static final long WRAP_MILLIS = (1L << 32) * MILLIS_PER_CENTI;

  /** What two clocks may differ by: two agents' offsets, and the drift of a cheap oscillator. */
  private static final long TOLERANCE_MILLIS = 10_000;

  private static final long TOLERANCE_DIVISOR = 10;

  static Continuity between(Sample before, Sample now) {
    long uptimeBefore = before.uptimeCentis();
    long uptimeNow = now.uptimeCentis();
    if (uptimeBefore < 0 || uptimeNow < 0 || uptimeBefore == uptimeNow) {
      return UNKNOWN;
    }
    long elapsed = now.atMillis() - before.atMillis();
    long tolerance = TOLERANCE_MILLIS + elapsed / TOLERANCE_DIVISOR;
    long advanced = (uptimeNow - uptimeBefore) * MILLIS_PER_CENTI;
    if (advanced < 0) {
      return Math.abs(advanced + WRAP_MILLIS - elapsed) <= tolerance ? UNBROKEN : RESTARTED;
    }
    if (advanced < elapsed - tolerance) {
      return RESTARTED;
    }
    return advanced > elapsed + tolerance ? CLOCK_ASTRAY : UNBROKEN;
  }
}
