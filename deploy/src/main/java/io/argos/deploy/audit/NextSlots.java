package io.argos.deploy.audit;

import io.argos.deploy.audit.PlannedTargets.PlannedTarget;
import io.argos.runtime.schedule.SlotTimes;
import io.argos.runtime.schedule.Suspensions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Computes the slots to come, soonest first. */
public final class NextSlots {
  private static final Comparator<Candidate> SOONEST =
      Comparator.comparingLong(Candidate::dueAt)
          .thenComparing(candidate -> candidate.target().key());

  private final Suspensions suspensions;
  private final Map<String, Instant> watermarks;

  private record Candidate(PlannedTarget target, SlotTimes slots, long dueAt) {}

  /**
   * Slots under what is known.
   *
   * @param suspensions what persons have suspended
   * @param watermarks by stage, up to where every slot has been emitted
   */
  public NextSlots(Suspensions suspensions, Map<String, Instant> watermarks) {
    this.suspensions = suspensions;
    this.watermarks = Map.copyOf(watermarks);
  }

  /**
   * The slots of all these targets together that are due next.
   *
   * @param after later than this
   * @param count so many at most
   */
  public List<NextSlot> after(Instant after, Collection<PlannedTarget> targets, int count) {
    PriorityQueue<Candidate> queue = new PriorityQueue<>(SOONEST);
    for (PlannedTarget target : targets) {
      SlotTimes slots = target.timing().slotsOf(target.key());
      offer(queue, target, slots, slots.next(after.toEpochMilli()));
    }
    List<NextSlot> soonest = new ArrayList<>();
    while (soonest.size() < count && !queue.isEmpty()) {
      Candidate next = queue.remove();
      soonest.add(slot(next));
      offer(queue, next.target(), next.slots(), next.slots().next(next.dueAt()));
    }
    return List.copyOf(soonest);
  }

  /** A cron schedule may have no slot any more. */
  private static void offer(
      PriorityQueue<Candidate> queue, PlannedTarget target, SlotTimes slots, long dueAt) {
    if (dueAt != SlotTimes.NEVER) {
      queue.add(new Candidate(target, slots, dueAt));
    }
  }

  private NextSlot slot(Candidate candidate) {
    var key = candidate.target().key();
    Instant dueAt = Instant.ofEpochMilli(candidate.dueAt());
    return new NextSlot(key, candidate.target().zone(), dueAt, state(candidate, dueAt));
  }

  private NextSlot.State state(Candidate candidate, Instant dueAt) {
    var key = candidate.target().key();
    if (suspensions.covers(key.resourceId(), key.plugin(), candidate.dueAt())) {
      return NextSlot.State.SUSPENDED;
    }
    Instant watermark = watermarks.getOrDefault(key.stage(), Instant.MIN);
    return dueAt.isAfter(watermark) ? NextSlot.State.PLANNED : NextSlot.State.EMITTED;
  }
}
