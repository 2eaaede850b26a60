package io.argos.snmp;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of many waits at once, each put and taken out in constant time without garbage. Ticks
 * of ten milliseconds: nothing expires early. Belongs to one thread.
 */
final class TimeoutWheel {
  static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int SLOTS = 512;
  private final @Nullable Entry[] slots = new Entry[SLOTS];
  private long tick;
  private int size;

  TimeoutWheel(long nanoTime) {
    tick = Math.floorDiv(nanoTime, TICK_NANOS);
  }

  /** Something that waits until its deadline. */
  abstract static class Entry {
    private @Nullable Entry before;
    private @Nullable Entry after;
    private long due;
    private boolean waiting;

    /** The next of those that are due in the same turn. */
    private @Nullable Entry behind;

    /** True when it is due in this turn, and its own turn has not come yet. */
    private boolean expiring;

    /** Called once when the deadline has passed; the entry may be put again. */
    abstract void expire();
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Waits until a time, instead of whatever the entry waited for before. */
  void put(Entry entry, long deadlineNanos) {
    remove(entry);
    entry.due = Math.max(Math.floorDiv(deadlineNanos, TICK_NANOS), tick) + 1;
    entry.waiting = true;
    size++;
    int slot = slot(entry.due);
    Entry head = slots[slot];
    entry.before = null;
    entry.after = head;
    if (head != null) {
      head.before = entry;
    }
    slots[slot] = entry;
  }

  /** Takes an entry out; nothing happens when it does not wait. */
  void remove(Entry entry) {
    entry.expiring = false;
    if (!entry.waiting) {
      return;
    }
    entry.waiting = false;
    size--;
    Entry before = entry.before;
    Entry after = entry.after;
    if (before != null) {
      before.after = after;
    } else {
      slots[slot(entry.due)] = after;
    }
    if (after != null) {
      after.before = before;
    }
    entry.before = null;
    entry.after = null;
  }

  /** Expires what is due. */
  void advance(long nanoTime) {
    long now = Math.floorDiv(nanoTime, TICK_NANOS);
    // After a pause longer than a turn, one turn finds everything that is due.
    long from = Math.max(tick + 1, now - SLOTS + 1);
    tick = Math.max(tick, now);
    for (long passing = from; passing <= now; passing++) {
      expireSlot(slot(passing), now);
    }
  }

  private void expireSlot(int slot, long now) {
    Entry entry = slots[slot];
    Entry expired = null;
    while (entry != null) {
      Entry after = entry.after;
      if (entry.due <= now) {
        remove(entry);
        entry.expiring = true;
        entry.behind = expired;
        expired = entry;
      }
      entry = after;
    }
    // What expires may put and remove other entries, also those due with it, which then do not
    // expire now: so the slot is left before anything runs, and they hang together by themselves.
    while (expired != null) {
      Entry behind = expired.behind;
      expired.behind = null;
      if (expired.expiring) {
        expired.expiring = false;
        expired.expire();
      }
      expired = behind;
    }
  }

  private static int slot(long tick) {
    return (int) (tick & (SLOTS - 1));
  }
}
