package io.argos.runtime.agent;

import io.argos.runtime.agent.HeldJob.Place;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The way of held jobs to their start: they wait for their time, are looked at, wait for a permit
 * on the device and of the site, are looked at a last time, and run. A job's place says how far it
 * has come. Not safe for threads: guarded by its owner.
 */
final class StartQueue {
  private final DueQueue queue = new DueQueue();
  private final PriorityQueue<HeldJob> ready = new PriorityQueue<>(HeldJob.DUE_FIRST);
  private final Permits permits;
  private final Runnable signal;
  private int running;

  /**
   * An empty queue.
   *
   * @param signal told when there may be something to start sooner than was thought
   */
  StartQueue(int permits, double siteShare, Runnable signal) {
    this.permits = new Permits(permits, siteShare);
    this.signal = signal;
  }

  /** Holds a job until it is due. */
  void add(HeldJob job) {
    permits.enter(job);
    queue.add(job, job.dueAt());
    if (queue.next() == job.wakeAt) {
      signal.run();
    }
  }

  /** A job that was polled stays where it is on its way until then. */
  void lookAgain(HeldJob job, long wakeAt) {
    queue.add(job, wakeAt);
  }

  /** The next job whose time to be looked at has come, or null. */
  @Nullable HeldJob poll(long now) {
    return queue.poll(now);
  }

  /** When the next job is to be looked at, {@link Long#MAX_VALUE} without any. */
  long next() {
    return queue.next();
  }

  /** Whether a job can be looked at now. */
  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** A job is due and may be looked at. */
  void makeReady(HeldJob job) {
    job.place = Place.READY;
    ready.add(job);
  }

  /** The next job to look at, or null; it stays where it is on its way. */
  @Nullable HeldJob pollReady() {
    for (HeldJob job = ready.poll(); job != null; job = ready.poll()) {
      if (job.place == Place.READY || job.place == Place.GRANTED) {
        return job;
      }
    }
    return null;
  }

  /** A job that was looked at is put off; permits that it has are given back. */
  void putOff(HeldJob job, long wakeAt) {
    Place was = job.place;
    if (was != Place.READY && was != Place.GRANTED) {
      return;
    }
    job.place = Place.QUEUED;
    queue.add(job, Math.min(wakeAt, job.expireAt()));
    if (was == Place.GRANTED) {
      grant(permits.giveBack(job));
    }
  }

  /**
   * Takes the permits that a job needs, as far as they are free.
   *
   * @return whether it runs from now on; otherwise it waits for them, until it expires at most
   */
  boolean start(HeldJob job, PermitClass permit) {
    if (job.place == Place.READY) {
      job.permit = permit;
      permits.take(job);
    }
    if (job.place == Place.GRANTED) {
      job.place = Place.RUNNING;
      running++;
      return true;
    }
    if (job.waits()) {
      queue.add(job, job.expireAt());
    }
    return false;
  }

  /** A job has run: its permits go to others, and it is gone. */
  void finish(HeldJob job) {
    running--;
    job.place = Place.GONE;
    grant(permits.giveBack(job));
    grant(permits.leave(job));
  }

  /** A job that was to run does not yet: it waits again. */
  void stepBack(HeldJob job, long wakeAt) {
    running--;
    grant(permits.giveBack(job));
    job.place = Place.QUEUED;
    queue.add(job, wakeAt);
  }

  /** A job that waits leaves, wherever it stands. */
  void remove(HeldJob job) {
    Place was = job.place;
    job.place = Place.GONE;
    if (was == Place.GRANTED) {
      grant(permits.giveBack(job));
    } else if (was == Place.SITE) {
      grant(permits.giveBackDevice(job));
    }
    grant(permits.leave(job));
  }

  /** Jobs that run. */
  int running() {
    return running;
  }

  private void grant(List<HeldJob> granted) {
    if (!granted.isEmpty()) {
      ready.addAll(granted);
      signal.run();
    }
  }
}
