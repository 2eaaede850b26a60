package io.argos.manager.resources;

import io.argos.manager.resources.SourceEntry.Hold;
import io.argos.manager.resources.SourceEntry.OpenRun;
import io.argos.schemas.Discovery;
import io.argos.schemas.Rejection;
import io.argos.schemas.ResourceClaim;
import io.argos.schemas.topic.HashId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The runs of sources, applied to the catalog.
 *
 * <p>A source has one open run: the one that began last, by its own time and id. A record of an
 * older run still adds and changes, unless what it says is older than what is known; only the end
 * of the open run removes. It does so when the run is complete, rejected nothing, and every
 * resource it counts has arrived; then what the source no longer claims is removed site by site, or
 * held back where it is more than the limits allow.
 */
final class Runs {
  private static final String BY_RUN = "its source no longer claims it";
  private static final String BY_CONFIRMATION = "its removal was confirmed";
  private static final int REJECTIONS_KEPT = 1_000;

  private static final Comparator<ResourceClaim> LOWEST =
      Comparator.comparing(ResourceClaim::getEndpoint).thenComparing(ResourceMerge::hashOf);

  private final Catalog catalog;
  private final Identity identity;
  private final RemovalLimits limits;

  Runs(Catalog catalog, Identity identity, RemovalLimits limits) {
    this.catalog = catalog;
    this.identity = identity;
    this.limits = limits;
  }

  /** A run begins; an open one is discarded, and what it added stays. */
  void begin(SourceEntry source, Discovery begun) {
    if (source.isStale(begun.getAt(), begun.getRunId())) {
      return;
    }
    source.open = new OpenRun(begun.getRunId(), begun.getAt(), 0, 0);
    source.latestBegunAt = begun.getAt();
    source.latestRunId = begun.getRunId();
    source.newRejections.clear();
  }

  /** A resource is claimed. */
  void claim(SourceEntry source, Discovery made, ResourceClaim claim) {
    ClaimKey key = new ClaimKey(source.name(), claim.getSite(), claim.getName());
    Optional<ClaimEntry> former = catalog.claim(key);
    if (former.isPresent() ? isOlder(former.get(), made, claim) : isForgotten(source, made)) {
      return;
    }
    OpenRun open = source.open;
    if (open != null && open.id().equals(made.getRunId())) {
      source.open = open.withResource();
    }
    catalog.put(entryOf(key, former, made, claim), "claimed by " + source.name());
  }

  private static boolean isOlder(ClaimEntry former, Discovery made, ResourceClaim claim) {
    int order = made.getAt().compareTo(former.seenAt());
    if (order != 0) {
      return order < 0;
    }
    return former.runId().equals(made.getRunId()) && former.claim().equals(claim);
  }

  /** Whether a later run has ended that would have removed this claim. */
  private static boolean isForgotten(SourceEntry source, Discovery made) {
    return made.getAt().isBefore(source.completedBegunAt);
  }

  private ClaimEntry entryOf(
      ClaimKey key, Optional<ClaimEntry> former, Discovery made, ResourceClaim claim) {
    ResourceClaim content = claim;
    if (former.isPresent()
        && former.get().runId().equals(made.getRunId())
        && LOWEST.compare(former.get().claim(), claim) < 0) {
      // A run that names a thing twice says the same each time, whatever the order.
      content = former.get().claim();
    }
    Identity.Match match = identity.match(key, content);
    String ambiguity = match instanceof Identity.Match.Ambiguous(var why) ? why : "";
    String resourceId =
        former
            .map(ClaimEntry::resourceId)
            .orElseGet(() -> match instanceof Identity.Match.Joins(var id) ? id : key.ownId());
    boolean standsAlone = former.isEmpty() || !former.get().ambiguity().isEmpty();
    return new ClaimEntry(
        key,
        content,
        resourceId,
        made.getAt(),
        made.getRunId(),
        false,
        standsAlone ? ambiguity : "");
  }

  /** An entry is rejected; true when the last run did not reject it. */
  boolean reject(SourceEntry source, Discovery said, Rejection rejection) {
    OpenRun open = source.open;
    if (open == null || !open.id().equals(said.getRunId())) {
      return false;
    }
    source.open = open.withRejection();
    String hash = HashId.of(rejection.getFile(), rejection.getPlace(), rejection.getRule());
    if (source.newRejections.size() < REJECTIONS_KEPT) {
      source.newRejections.add(hash);
    }
    return !source.knownRejections.contains(hash);
  }

  /**
   * A run ends; the sites whose removals are newly held back, each with its hold.
   *
   * @param at the log's time: it is the one clock that a run and a confirmation share
   */
  SortedMap<String, Hold> end(SourceEntry source, Discovery ended, Instant at) {
    SortedMap<String, Hold> newlyHeld = new TreeMap<>();
    OpenRun open = source.open;
    if (open == null || !open.id().equals(ended.getRunId())) {
      return newlyHeld;
    }
    source.open = null;
    source.knownRejections = source.newRejections;
    source.newRejections = new TreeSet<>();
    boolean removes =
        ended.getComplete()
            && ended.getRejected() == 0
            && open.rejected() == 0
            && ended.getCount() == open.resources();
    if (!removes) {
      return newlyHeld;
    }
    source.completedBegunAt = open.begunAt();
    SortedMap<String, List<ClaimEntry>> sites = new TreeMap<>();
    for (ClaimEntry claim : catalog.claimsBy(source.name())) {
      sites.computeIfAbsent(claim.key().site(), _ -> new ArrayList<>()).add(claim);
    }
    source.holds.keySet().retainAll(sites.keySet());
    sites.forEach((site, claims) ->
        settle(source, site, claims, open, at).ifPresent(hold -> newlyHeld.put(site, hold)));
    return newlyHeld;
  }

  private Optional<Hold> settle(
      SourceEntry source, String site, List<ClaimEntry> claims, OpenRun run, Instant endedAt) {
    List<ClaimEntry> vanished =
        claims.stream()
            .filter(c -> !c.runId().equals(run.id()) && c.seenAt().isBefore(run.begunAt()))
            .toList();
    if (vanished.size() <= limits.allowed(claims.size())) {
      source.holds.remove(site);
      vanished.forEach(claim -> catalog.remove(claim.key(), BY_RUN));
      return Optional.empty();
    }
    String hash =
        HashId.of(vanished.stream().map(c -> c.key().name()).sorted().toArray(String[]::new));
    Hold known = source.holds.get(site);
    boolean same = known != null && known.vanished().equals(hash);
    Hold hold =
        known != null && same ? known.again() : new Hold(hash, vanished.size(), 1, endedAt, false);
    if (hold.isSettled()) {
      source.holds.remove(site);
      vanished.forEach(claim -> catalog.remove(claim.key(), BY_CONFIRMATION));
      return Optional.empty();
    }
    source.holds.put(site, hold);
    vanished.stream()
        .filter(claim -> !claim.held())
        .forEach(claim -> catalog.put(claim.asHeld(), "its removal is held back"));
    return same ? Optional.empty() : Optional.of(hold);
  }

  /** A run is given up: what it added stays. */
  void abort(SourceEntry source, Discovery aborted) {
    OpenRun open = source.open;
    if (open != null && open.id().equals(aborted.getRunId())) {
      source.open = null;
    }
  }

  /**
   * A person confirms the removals that a source holds back, in one site or in all of them. Those
   * that began to be held only later are not meant.
   *
   * @param at the log's time of the confirmation
   */
  void confirm(SourceEntry source, Optional<String> site, Instant at) {
    for (String held : List.copyOf(source.holds.keySet())) {
      Hold hold = source.holds.get(held);
      if (hold == null
          || site.isPresent() && !site.get().equals(held)
          || at.isBefore(hold.since())) {
        continue;
      }
      Hold confirmed = hold.confirm();
      if (confirmed.isSettled()) {
        source.holds.remove(held);
        catalog.claimsBy(source.name()).stream()
            .filter(claim -> claim.held() && claim.key().site().equals(held))
            .forEach(claim -> catalog.remove(claim.key(), BY_CONFIRMATION));
      } else {
        source.holds.put(held, confirmed);
      }
    }
  }
}
