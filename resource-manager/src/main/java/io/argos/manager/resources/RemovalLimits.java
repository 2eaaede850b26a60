package io.argos.manager.resources;

/**
 * How many of a source's claims in a site one run may remove without asking.
 *
 * @param share that share of them, 0 to 1
 * @param floor but always so many
 */
public record RemovalLimits(double share, int floor) {
  long allowed(long claims) {
    return Math.max(floor, (long) Math.floor(share * claims));
  }
}
