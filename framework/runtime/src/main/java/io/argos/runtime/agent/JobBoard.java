package io.argos.runtime.agent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.argos.runtime.agent.HeldJob.Place;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All jobs that were taken in and have not ended: what waits for its time, for a permit or for
 * tables, and what runs. Decides which of them ends without being run. A waiting job is an object
 * here and nothing else. Safe for use by any thread; nothing here blocks for long.
 */
final class JobBoard {
  /** Told of jobs that end without having run. Must not block. */
  @FunctionalInterface
  interface Endings {
    void ended(HeldJob job, OutcomeStatus status, String cause, String detail);
  }

  /** How soon a job is looked at again whose partition's past is still being read. */
  private static final long PAST_MILLIS = 50;

  private final Endings endings;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final EpochFence fence = new EpochFence();

  @GuardedBy("lock")
  private final WaitingJobs waiting = new WaitingJobs();

  @GuardedBy("lock")
  private final StartQueue queue;

  private volatile int running;

  JobBoard(int permits, double siteShare, Endings endings) {
    this.queue = new StartQueue(permits, siteShare, lock::notifyAll);
    this.endings = endings;
  }

  /** A leader took this epoch, no later than then. */
  void observeEpoch(long epoch, long appendedAt) {
    synchronized (lock) {
      fence.observe(epoch, appendedAt);
    }
  }

  /** A partition was assigned. */
  void assigned(OwnedPartition partition) {
    synchronized (lock) {
      fence.assigned(partition.number());
    }
  }

  /** Another agent has run a job of the partition: it does not run here again. */
  void ranBefore(OwnedPartition partition, Outcome outcome, long now) {
    synchronized (lock) {
      boolean unknown =
          partition.seen.add(
              outcome.getJobId(),
              outcome.getDueAt().toEpochMilli(),
              outcome.getIntervalMillis(),
              now);
      if (!unknown) {
        partition.held.stream()
            .filter(job -> job.job().getJobId().equals(outcome.getJobId()) && job.waits())
            .findAny()
            .ifPresent(job ->
                endLocked(
                    job,
                    OutcomeStatus.DUPLICATE,
                    "ran-before",
                    "agent %s has run it before".formatted(outcome.getAgent())));
      }
    }
  }

  /** Takes a job in: fences it, finds its duplicates, and holds it until it is due. */
  void hold(HeldJob job, long now) {
    synchronized (lock) {
      OwnedPartition partition = job.partition();
      long epoch = job.job().getEpoch();
      if (!partition.owned()) {
        return;
      }
      if (fence.admits(partition.number(), epoch, job.appendedAt())) {
        holdAdmitted(job, now);
      } else {
        endUnheld(job, OutcomeStatus.FENCED, "epoch", fence.why(epoch));
      }
    }
  }

  @GuardedBy("lock")
  private void holdAdmitted(HeldJob job, long now) {
    HeldJob twin = waiting.twinOf(job);
    if (twin != null
        && (job.job().getEpoch() > twin.job().getEpoch() || !twin.configuredLike(job))) {
      // The later emission is the better one; the id stays known for both.
      endLocked(twin, OutcomeStatus.DUPLICATE, "emitted-again", "a newer emission took its place");
    } else if (!job.newlySeen(now)) {
      endUnheld(job, OutcomeStatus.DUPLICATE, "seen", "the same job was taken or run before");
      return;
    }
    for (HeldJob old : waiting.reconfiguredBy(job)) {
      old.mayComeAgain();
      endLocked(old, OutcomeStatus.SUPERSEDED, "configuration", "its plugin was configured anew");
    }
    waiting.add(job);
    queue.add(job);
  }

  /**
   * Moves what is due to where {@link #nextReady} finds it; ends what has expired meanwhile.
   *
   * @param holdUp what keeps all jobs from being started, empty when nothing does
   */
  void moveDue(long now, String holdUp) {
    synchronized (lock) {
      for (HeldJob job = queue.poll(now); job != null; job = queue.poll(now)) {
        if (!job.partition().settled()) {
          // It may have been run by another; nothing can be said of it, not even that it expired.
          job.waitsFor = "word of what was run before";
          queue.lookAgain(job, now + PAST_MILLIS);
        } else if (now >= job.expireAt()) {
          expire(job);
        } else if (job.place == Place.QUEUED) {
          fallDue(job, now);
          if (job.waits()) {
            job.waitsFor = holdUp.isEmpty() ? job.waitsFor : holdUp;
            queue.makeReady(job);
          }
        }
      }
    }
  }

  /** Of the due slots of a target only the newest is worth running; so of its due requests. */
  @GuardedBy("lock")
  private void fallDue(HeldJob job, long now) {
    if (job.due) {
      return;
    }
    waiting.fellDue(job);
    for (HeldJob other : waiting.othersDue(job)) {
      HeldJob older = other.dueAt() < job.dueAt() ? other : job;
      if (other.dueAt() != job.dueAt() && older.waits()) {
        if (now >= older.expireAt()) {
          expire(older);
        } else {
          endLocked(older, OutcomeStatus.SUPERSEDED, "newer-slot", "a newer one became due");
        }
      }
    }
  }

  /** The next job to look at, or null. It is to be passed to one of the methods below. */
  @Nullable HeldJob nextReady(long now) {
    synchronized (lock) {
      for (HeldJob job = queue.pollReady(); job != null; job = queue.pollReady()) {
        long epoch = job.job().getEpoch();
        if (now >= job.expireAt()) {
          expire(job);
        } else if (fence.stale(epoch, job.appendedAt())) {
          job.mayComeAgain();
          endLocked(job, OutcomeStatus.FENCED, "epoch", fence.why(epoch));
        } else {
          return job;
        }
      }
      return null;
    }
  }

  /** The job is looked at again then; permits that it has are given back. */
  void later(HeldJob job, long wakeAt, String waitsFor) {
    synchronized (lock) {
      job.waitsFor = waitsFor;
      queue.putOff(job, wakeAt);
    }
  }

  /** The job ends without being run. */
  void end(HeldJob job, OutcomeStatus status, String cause, String detail) {
    synchronized (lock) {
      if (job.waits()) {
        endLocked(job, status, cause, detail);
      }
    }
  }

  /**
   * Takes the permits that a job needs.
   *
   * @return true when it is to be run now; otherwise it waits, or is gone
   */
  boolean claim(HeldJob job, PermitClass permit) {
    synchronized (lock) {
      if (!queue.start(job, permit)) {
        return false;
      }
      waiting.remove(job);
      running = queue.running();
      job.partition().opened();
      return true;
    }
  }

  /** A job that was to be run has ended: its permits go to others. */
  void finished(HeldJob job) {
    synchronized (lock) {
      queue.finish(job);
      running = queue.running();
    }
  }

  /** A job that was to be run must not begin now: it is looked at again later. */
  void unclaimed(HeldJob job, long wakeAt) {
    synchronized (lock) {
      job.partition().abandoned();
      if (job.partition().owned()) {
        queue.stepBack(job, wakeAt);
        waiting.add(job);
      } else {
        queue.finish(job);
      }
      running = queue.running();
    }
  }

  /** Forgets the jobs of a partition that were not started; their offsets stay undone. */
  void drop(OwnedPartition partition) {
    synchronized (lock) {
      List.copyOf(partition.held).forEach(this::unhold);
    }
  }

  /** Waits until there may be something to do: for that long at most, and not past a due time. */
  void awaitWork(long now, long maxMillis, boolean mayStart) throws InterruptedException {
    synchronized (lock) {
      long wait = Math.min(maxMillis, queue.next() - now);
      if (wait > 0 && !(mayStart && queue.hasReady())) {
        lock.wait(wait);
      }
    }
  }

  /** Jobs that wait. */
  int waiting() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  /** Jobs that are due and were not started. */
  int late() {
    synchronized (lock) {
      return waiting.late();
    }
  }

  /** Jobs that run. */
  int running() {
    return running;
  }

  /** The highest epoch seen. */
  long epoch() {
    synchronized (lock) {
      return fence.highest();
    }
  }

  @GuardedBy("lock")
  private void expire(HeldJob job) {
    endLocked(job, OutcomeStatus.EXPIRED, job.expiryCause(), job.whyExpired());
  }

  @GuardedBy("lock")
  private void endLocked(HeldJob job, OutcomeStatus status, String cause, String detail) {
    unhold(job);
    endUnheld(job, status, cause, detail);
  }

  @GuardedBy("lock")
  private void endUnheld(HeldJob job, OutcomeStatus status, String cause, String detail) {
    job.place = Place.GONE;
    job.partition().opened();
    endings.ended(job, status, cause, detail);
  }

  @GuardedBy("lock")
  private void unhold(HeldJob job) {
    waiting.remove(job);
    queue.remove(job);
  }
}
