package io.argos.snmp.trap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.snmp4j.smi.OctetString;

/**
 * The v3 engines that have sent something. The keys of a user are derived anew for each engine (RFC
 * 3414 2.6), before anything proves that the engine exists: so there are bounds on how many are new
 * in a second, and on how many are remembered. For one thread.
 */
final class KnownEngines {
  private static final int MOST = 20_000;
  private static final double NEW_PER_SECOND = 20;
  private static final double NEW_AT_ONCE = 400;

  private final Map<OctetString, Boolean> known = new LinkedHashMap<>(256, 0.75f, true);
  private final LongSupplier nanos;
  private final Consumer<OctetString> forgotten;
  private double tokens = NEW_AT_ONCE;
  private long at;

  /**
   * @param nanos a clock that only goes forward
   * @param forgotten hears of each engine that is remembered no longer
   */
  KnownEngines(LongSupplier nanos, Consumer<OctetString> forgotten) {
    this.nanos = nanos;
    this.forgotten = forgotten;
    this.at = nanos.getAsLong();
  }

  /** True when a message of an engine may be looked at; false when there are too many new ones. */
  boolean admits(OctetString engine) {
    if (known.get(engine) != null) {
      return true;
    }
    long now = nanos.getAsLong();
    tokens = Math.min(NEW_AT_ONCE, tokens + (now - at) * NEW_PER_SECOND / 1e9);
    at = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    known.put(engine, true);
    if (known.size() > MOST) {
      OctetString oldest = known.keySet().iterator().next();
      known.remove(oldest);
      forgotten.accept(oldest);
    }
    return true;
  }
}
