package io.argos.manager.resources;

import io.argos.schemas.ResourceClaim;
import java.time.Instant;
import java.util.Comparator;

/**
 * A claim as it stands.
 *
 * @param key what tells it from others
 * @param claim its latest content
 * @param resourceId the resource to which it belongs
 * @param seenAt when its source last made it
 * @param runId the run that did
 * @param held whether its source no longer makes it and its removal is held back
 * @param ambiguity why it did not join a resource that it seems to name; empty when it did or names
 *     none
 */
record ClaimEntry(
    ClaimKey key,
    ResourceClaim claim,
    String resourceId,
    Instant seenAt,
    String runId,
    boolean held,
    String ambiguity) {

  /** The order in which claims speak for their resource. */
  static final Comparator<ClaimEntry> BY_RANK =
      Comparator.<ClaimEntry>comparingInt(c -> c.claim().getRank()).thenComparing(ClaimEntry::key);

  /** When the claim ends unless it is made again. */
  Instant endsAt() {
    return seenAt.plusSeconds(claim.getTtlSeconds());
  }

  ClaimEntry asHeld() {
    return new ClaimEntry(key, claim, resourceId, seenAt, runId, true, ambiguity);
  }
}
