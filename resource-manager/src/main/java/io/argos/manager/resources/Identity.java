package io.argos.manager.resources;

import io.argos.schemas.ResourceClaim;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides to which resource a claim belongs.
 *
 * <p>Its own name comes first, then its aliases by the configured order of their kinds. The first
 * of these that names a resource of its site decides. Where that one names two, or names a resource
 * that the same source claims by another name, it decides for none: the claim stands alone, and
 * says so until a person has settled it. A claim that belongs somewhere stays there.
 */
final class Identity {
  /** What a claim's names say. */
  sealed interface Match {
    /** They name a resource. */
    record Joins(String resourceId) implements Match {}

    /** They name none. */
    record Founds() implements Match {}

    /** They name more than one thing, in words. */
    record Ambiguous(String why) implements Match {}
  }

  private final Names names;
  private final Catalog catalog;

  Identity(Names names, Catalog catalog) {
    this.names = names;
    this.catalog = catalog;
  }

  Match match(ClaimKey key, ResourceClaim claim) {
    if (catalog.knows(key.ownId())) {
      return new Match.Joins(key.ownId());
    }
    String folded = names.folded(key.site(), key.name());
    Set<String> byName = catalog.named(key.site(), folded);
    if (byName.size() == 1) {
      return new Match.Joins(byName.iterator().next());
    }
    for (Names.Name name : names.joining(claim)) {
      Set<String> found = catalog.knownAs(key.site(), names.folded(key.site(), name.text()));
      if (found.size() > 1) {
        return new Match.Ambiguous(
            "%s %s names %s"
                .formatted(name.kind(), name.text(), String.join(" and ", new TreeSet<>(found))));
      }
      if (found.size() == 1) {
        return alone(key, folded, name, found.iterator().next());
      }
    }
    return new Match.Founds();
  }

  private Match alone(ClaimKey key, String folded, Names.Name name, String resourceId) {
    boolean otherwiseNamed =
        catalog.claimsOf(resourceId).stream()
            .map(ClaimEntry::key)
            .filter(other -> other.source().equals(key.source()))
            .anyMatch(other -> !names.folded(other.site(), other.name()).equals(folded));
    return otherwiseNamed
        ? new Match.Ambiguous(
            "%s %s names %s, which %s claims by another name"
                .formatted(name.kind(), name.text(), resourceId, key.source()))
        : new Match.Joins(resourceId);
  }
}
