package io.argos.deploy.audit;

import io.argos.deploy.audit.PlannedTargets.PlannedTarget;
import io.argos.runtime.schedule.SlotTimes;
import io.argos.runtime.schedule.Suspensions;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Computes from the targets alone which slots must have been due: the proof from outside, which a
 * scheduler that says nothing cannot escape.
 */
public final class ExpectedSlots {
  /** An outcome is written a moment after the execution has ended. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Suspensions suspensions;

  /**
   * Slots of what is not suspended.
   *
   * @param suspensions what persons have suspended
   */
  public ExpectedSlots(Suspensions suspensions) {
    this.suspensions = suspensions;
  }

  /** The slots of a target due from one time to before another. */
  public void between(PlannedTarget target, Instant from, Instant to, Consumer<ExpectedSlot> sink) {
    SlotTimes slots = target.timing().slotsOf(target.key());
    long end = to.toEpochMilli();
    for (long dueAt = slots.next(from.toEpochMilli() - 1); dueAt < end; dueAt = slots.next(dueAt)) {
      if (!suspensions.covers(target.key().resourceId(), target.key().plugin(), dueAt)) {
        long next = slots.next(dueAt);
        Instant expiry = Instant.ofEpochMilli(next == SlotTimes.NEVER ? dueAt : next);
        sink.accept(
            new ExpectedSlot(
                target.key(),
                Instant.ofEpochMilli(dueAt),
                expiry.plus(target.timeout()).plus(GRACE)));
      }
    }
  }
}
