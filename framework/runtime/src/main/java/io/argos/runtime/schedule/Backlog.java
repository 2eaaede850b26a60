package io.argos.runtime.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Jobs that should have left already, and slots that nobody will run any more, to be worked off
 * beside the current ones at a bounded rate: an outage must not end in a burst. Of one thread.
 *
 * <p>The newest late job goes first. At the steady rate this never doubles the load by more than
 * itself, and those it does not reach before they expire are at most half an interval from their
 * next slot.
 */
final class Backlog {

  /** A few late jobs go at once, whatever the rate. */
  private static final int LEAST_PER_TURN = 64;

  /** Outcomes cost agents nothing. */
  private static final int MISSED_PER_TURN = 5_000;

  private static final long LONGEST_TURN_MILLIS = 1_000;

  private List<Planned> late = new ArrayList<>();
  private final Deque<MissedRange> missed = new ArrayDeque<>();
  private boolean sorted = true;

  void late(Planned planned) {
    late.add(planned);
    sorted = false;
  }

  void missed(MissedRange range) {
    missed.add(range);
  }

  boolean isEmpty() {
    return late.isEmpty() && missed.isEmpty();
  }

  /**
   * The share of one turn.
   *
   * @param now the time
   * @param turnMillis how long ago the last turn was
   * @param ratePerSecond the steady rate of jobs
   * @param agenda knows the slots in a range
   * @param jobs makes jobs of slots
   */
  List<Item> take(long now, long turnMillis, double ratePerSecond, Agenda agenda, JobFactory jobs) {
    List<Item> share = new ArrayList<>();
    if (!sorted) {
      late.sort(Comparator.comparingLong(Planned::dueAt));
      sorted = true;
    }
    double turnSeconds = Math.clamp(turnMillis, 0, LONGEST_TURN_MILLIS) / 1_000.0;
    int quota = Math.max(LEAST_PER_TURN, (int) Math.ceil(ratePerSecond * turnSeconds));
    while (!late.isEmpty() && quota > 0) {
      Planned planned = late.removeLast();
      if (planned.expireAt() > now) {
        share.add(new Item.Emit(planned));
        quota--;
      } else {
        share.add(expired(planned));
      }
    }
    while (!missed.isEmpty() && share.size() < MISSED_PER_TURN) {
      MissedRange range = missed.removeFirst();
      long until = range.to();
      long last = range.from();
      for (Due due : agenda.due(range.target().key(), range.from(), until)) {
        if (share.size() >= MISSED_PER_TURN) {
          missed.addFirst(new MissedRange(range.target(), last, until));
          break;
        }
        share.add(expired(jobs.slot(due)));
        last = due.dueAt();
      }
    }
    return share;
  }

  private static Item expired(Planned planned) {
    return new Item.Miss(
        planned, MissedCause.SCHEDULER, "no leader emitted the job before its next slot");
  }
}
