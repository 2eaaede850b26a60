package io.argos.profile;

import io.argos.snmp.Oid;
import io.argos.snmp.SnmpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the polls of a device tell of its boots, and of the changes of its rows that it admits. The
 * first is held against the time of the enrichment, each later one against the one before it, which
 * needs no clocks that agree.
 */
final class RowChanges {
  /** What was read in the minute after a boot may be from before it, or of a device not yet up. */
  private static final Duration UNSETTLED = Duration.ofMinutes(1);

  /** What the boot, as computed from two polls, differs by where there was none. */
  private static final Duration JITTER = Duration.ofSeconds(5);

  /** What an exchange takes at most between its uptime and its end. */
  private static final Duration EXCHANGE = Duration.ofSeconds(30);

  private static final long WRAP_CENTIS = 1L << 32;

  private final Instant collectedAt;
  private final List<Oid> lastChanges = new ArrayList<>();
  private final Map<Oid, Long> known = new HashMap<>();
  private OptionalLong uptime = OptionalLong.empty();
  private Instant seenAt = Instant.EPOCH;

  /** What a poll tells. */
  enum Told {
    /** Rows are where they were. */
    NOTHING,
    /** Some row was added, removed or renamed; the others are where they were. */
    CHANGED,
    /** The device booted, and rows may be where others were. */
    BOOTED,
    /** Nobody knows: this time the device does not tell how long it has been up. */
    UNKNOWN,
    /** Nobody can know: it answers, and has never told how long it has been up. */
    NEVER
  }

  /**
   * Nothing is told yet.
   *
   * @param collectedAt when the device was enriched
   */
  RowChanges(Instant collectedAt) {
    this.collectedAt = collectedAt;
  }

  /** Adds a scalar with the time of the last change of the rows of a table. */
  void add(Oid lastChange) {
    lastChanges.add(lastChange);
  }

  void ask(Collection<Oid> scalars) {
    scalars.addAll(lastChanges);
  }

  /** What a poll tells that those before it did not. */
  Told told(SnmpReply reply, OptionalLong uptimeNow, Instant at) {
    boolean first = uptime.isEmpty();
    if (uptimeNow.isEmpty()) {
      return first && reply.failure().isEmpty() ? Told.NEVER : Told.UNKNOWN;
    }
    long now = uptimeNow.getAsLong();
    boolean booted = first ? isLate(now, at) : isBooted(uptime.getAsLong(), now, at);
    boolean changed = booted;
    for (Oid oid : lastChanges) {
      OptionalLong ticks = SystemGroup.ticks(reply, oid);
      if (ticks.isPresent()) {
        Long before = known.put(oid, ticks.getAsLong());
        long ago = now - ticks.getAsLong();
        changed |= before == null ? ago >= 0 && isLate(ago, at) : before != ticks.getAsLong();
      }
    }
    uptime = uptimeNow;
    seenAt = at;
    return booted ? Told.BOOTED : changed ? Told.CHANGED : Told.NOTHING;
  }

  /** True when something so long ago may have been after the enrichment was read. */
  private boolean isLate(long agoCentis, Instant at) {
    return at.minusMillis(agoCentis * 10).isAfter(collectedAt.minus(UNSETTLED));
  }

  private boolean isBooted(long before, long now, Instant at) {
    Instant bootBefore = seenAt.minusMillis(before * 10);
    Instant boot = at.minusMillis(now * 10);
    if (now < before) {
      // Of 32 bits, it begins anew after 497 days.
      Duration off = Duration.between(bootBefore, at.minusMillis((now + WRAP_CENTIS) * 10));
      return off.abs().compareTo(JITTER) > 0;
    }
    return boot.isAfter(bootBefore.plus(JITTER)) && boot.isAfter(seenAt.minus(EXCHANGE));
  }
}
