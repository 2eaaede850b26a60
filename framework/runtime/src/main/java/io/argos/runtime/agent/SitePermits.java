package io.argos.runtime.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * How many jobs run at once in the agent, and in each site.
 *
 * <p>A site may take its configured share, or an even part of all permits where that is more: with
 * one site all, with two half. A permit that is given back goes to the waiting site that has the
 * fewest, so that sites whose devices are dead, however many, hold up nobody else for longer than
 * it takes any one job to end. Not safe for threads: guarded by its owner.
 */
final class SitePermits {
  private static final class Site {
    private int held;
    private int taken;
    private final PriorityQueue<HeldJob> waiting = new PriorityQueue<>(HeldJob.DUE_FIRST);
  }

  private final int permits;
  private final double share;
  private final Map<String, Site> sites = new HashMap<>();
  private final Set<Site> crowded = new HashSet<>();
  private int taken;

  SitePermits(int permits, double share) {
    this.permits = permits;
    this.share = share;
  }

  /** The agent holds one more job of a site. */
  void enter(String site) {
    sites.computeIfAbsent(site, _ -> new Site()).held++;
  }

  /** The agent holds one job less of a site. */
  void leave(String name) {
    Site site = site(name);
    site.held--;
    if (site.held == 0) {
      sites.remove(name);
      crowded.remove(site);
    }
  }

  /** Takes a permit, or lets the job wait for one. */
  boolean take(HeldJob job) {
    Site site = site(job.site());
    if (taken < permits && site.taken < limit()) {
      taken++;
      site.taken++;
      return true;
    }
    site.waiting.add(job);
    crowded.add(site);
    return false;
  }

  /** Gives a permit back; {@link #grant} says who has it now. */
  void release(HeldJob job) {
    taken--;
    site(job.site()).taken--;
  }

  /** Gives free permits to waiting jobs. */
  List<HeldJob> grant() {
    List<HeldJob> granted = new ArrayList<>();
    while (taken < permits && !crowded.isEmpty()) {
      int limit = limit();
      Site poorest = null;
      for (Site site : crowded) {
        if (site.taken < limit && (poorest == null || fairer(site, poorest))) {
          poorest = site;
        }
      }
      if (poorest == null) {
        break;
      }
      HeldJob next = poorest.waiting.poll();
      if (next == null) {
        crowded.remove(poorest);
      } else if (next.place == HeldJob.Place.SITE) {
        taken++;
        poorest.taken++;
        granted.add(next);
      }
    }
    return granted;
  }

  /** Permits taken, in all sites. */
  int taken() {
    return taken;
  }

  private static boolean fairer(Site one, Site other) {
    if (one.taken != other.taken) {
      return one.taken < other.taken;
    }
    HeldJob first = one.waiting.peek();
    HeldJob second = other.waiting.peek();
    return first != null && (second == null || first.dueAt() < second.dueAt());
  }

  private int limit() {
    double largest = Math.max(share, 1.0 / Math.max(1, sites.size()));
    return Math.max(1, (int) Math.ceil(permits * largest));
  }

  private Site site(String name) {
    Site site = sites.get(name);
    if (site == null) {
      throw new IllegalStateException("no job of site '" + name + "' is held");
    }
    return site;
  }
}
