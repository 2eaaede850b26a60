package io.argos.runtime.schedule;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The targets of one cron timing, which are all due at once. Not safe for use by many threads. */
final class CronClass {

  private final CronSlots slots;
  private final NavigableMap<TargetKey, Target> targets = new TreeMap<>();

  /** The last answer of Quartz: no fire time lies after the first and before the second. */
  private long knownAfter = Long.MAX_VALUE;

  private long knownNext = Long.MIN_VALUE;

  CronClass(Timing.Cron timing) {
    this.slots = new CronSlots(timing);
  }

  SlotTimes slots() {
    return slots;
  }

  void put(Target target) {
    targets.put(target.key(), target);
  }

  /** Removes a target; true when none is left. */
  boolean removeAndTell(TargetKey key) {
    targets.remove(key);
    return targets.isEmpty();
  }

  /** The slots due after {@code from} up to and including {@code to}, in order. */
  void due(long from, long to, Consumer<Due> each) {
    for (long at = next(from); at <= to && at != SlotTimes.NEVER; ) {
      long due = at;
      long next = slots.next(due);
      targets.values().forEach(target -> each.accept(new Due(target, due, next)));
      at = next;
    }
  }

  /**
   * A tick asks a few times a second; Quartz answers anew only when a fire time has been passed.
   */
  private long next(long time) {
    if (time < knownAfter || time >= knownNext) {
      knownAfter = time;
      knownNext = slots.next(time);
    }
    return knownNext;
  }
}
