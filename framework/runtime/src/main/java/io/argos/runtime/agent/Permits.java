package io.argos.runtime.agent;

import io.argos.runtime.agent.HeldJob.Place;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The permits of an agent: a job takes one on its device, then one of its site and the agent. Says
 * by a job's place what it has and what it waits for. Not safe for threads: guarded by its owner.
 */
final class Permits {
  private final DevicePermits devices = new DevicePermits();
  private final SitePermits sites;

  Permits(int permits, double siteShare) {
    this.sites = new SitePermits(permits, siteShare);
  }

  /** The agent holds one more job of a site. */
  void enter(HeldJob job) {
    sites.enter(job.site());
  }

  /** The agent holds one job less of a site. */
  List<HeldJob> leave(HeldJob job) {
    sites.leave(job.site());
    return granted();
  }

  /** Takes both permits, as far as they are free; the job's place says how far. */
  void take(HeldJob job) {
    if (!devices.take(job)) {
      waitFor(job, Place.DEVICE);
    } else if (!sites.take(job)) {
      waitFor(job, Place.SITE);
    } else {
      job.place = Place.GRANTED;
    }
  }

  /**
   * Gives both permits back.
   *
   * @return the jobs that have all they need now
   */
  List<HeldJob> giveBack(HeldJob job) {
    // The site first: the next job on the device shall queue behind those that wait already.
    sites.release(job);
    List<HeldJob> granted = granted();
    HeldJob next = passOn(job);
    return next == null ? granted : Stream.concat(granted.stream(), Stream.of(next)).toList();
  }

  /**
   * Gives back the permit on the device of a job that has no other.
   *
   * @return the jobs that have all they need now
   */
  List<HeldJob> giveBackDevice(HeldJob job) {
    HeldJob next = passOn(job);
    return next == null ? List.of() : List.of(next);
  }

  /** Permits of the agent that are taken. */
  int taken() {
    return sites.taken();
  }

  private @Nullable HeldJob passOn(HeldJob job) {
    HeldJob next = devices.release(job);
    if (next == null) {
      return null;
    }
    if (!sites.take(next)) {
      waitFor(next, Place.SITE);
      return null;
    }
    next.place = Place.GRANTED;
    return next;
  }

  private List<HeldJob> granted() {
    List<HeldJob> granted = sites.grant();
    granted.forEach(job -> job.place = Place.GRANTED);
    return granted;
  }

  private static void waitFor(HeldJob job, Place place) {
    job.place = place;
    job.waitsFor = place == Place.DEVICE ? "a permit on the device" : "a permit of the agent";
  }
}
