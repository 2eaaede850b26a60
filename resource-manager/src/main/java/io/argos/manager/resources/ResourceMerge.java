package io.argos.manager.resources;

import io.argos.schemas.Alias;
import io.argos.schemas.Claim;
import io.argos.schemas.Resource;
import io.argos.schemas.ResourceClaim;
import io.argos.schemas.topic.HashId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Makes one resource of its claims. They are asked in order of rank, then source and name: the
 * first that knows a field decides it; aliases, addresses and labels are united; maintenance holds
 * while any says so, and the longest time to live counts.
 */
final class ResourceMerge {
  private static final String UNKNOWN = "unknown";

  private ResourceMerge() {}

  static Resource merge(
      String id, String name, Instant firstSeenAt, long revision, Collection<ClaimEntry> entries) {
    List<ClaimEntry> ordered = entries.stream().sorted(ClaimEntry.BY_RANK).toList();
    List<ResourceClaim> claims = ordered.stream().map(ClaimEntry::claim).toList();
    return new Resource(
        id,
        ordered.getFirst().key().site(),
        name,
        aliases(name, claims),
        known(claims, ResourceClaim::getResourceClass),
        known(claims, ResourceClaim::getSubclass),
        known(claims, ResourceClaim::getType),
        claims.stream()
            .map(ResourceClaim::getEndpoint)
            .filter(endpoint -> !endpoint.isBlank())
            .findFirst()
            .orElse(""),
        addresses(claims),
        labels(claims),
        claims.stream()
            .map(ResourceClaim::getCredential)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null),
        claims.stream().anyMatch(ResourceClaim::getMaintenance),
        claims.stream().mapToLong(ResourceClaim::getTtlSeconds).max().orElse(0),
        firstSeenAt,
        revision,
        ordered.stream().map(ResourceMerge::claimOf).toList());
  }

  private static String known(List<ResourceClaim> claims, Function<ResourceClaim, String> field) {
    return claims.stream()
        .map(field)
        .filter(value -> !value.isBlank() && !value.equals(UNKNOWN))
        .findFirst()
        .orElse(UNKNOWN);
  }

  private static List<Alias> aliases(String name, List<ResourceClaim> claims) {
    Map<String, Alias> united = new LinkedHashMap<>();
    for (ResourceClaim claim : claims) {
      if (!claim.getName().equals(name)) {
        unite(united, new Alias(Names.NAME, claim.getName()));
      }
      claim.getAliases().forEach(alias -> unite(united, alias));
    }
    return new ArrayList<>(united.values());
  }

  private static void unite(Map<String, Alias> united, Alias alias) {
    String same =
        alias.getKind().toLowerCase(Locale.ROOT) + ' ' + alias.getValue().toLowerCase(Locale.ROOT);
    united.putIfAbsent(same, alias);
  }

  private static List<String> addresses(List<ResourceClaim> claims) {
    Set<String> united = new LinkedHashSet<>();
    claims.forEach(claim -> united.addAll(claim.getAddresses()));
    return new ArrayList<>(united);
  }

  private static Map<String, String> labels(List<ResourceClaim> claims) {
    Map<String, String> united = new TreeMap<>();
    claims.forEach(claim -> claim.getLabels().forEach(united::putIfAbsent));
    return united;
  }

  /** A claim as the resource shows it, with what a person has to settle about it. */
  private static Claim claimOf(ClaimEntry entry) {
    Map<String, String> fields = new TreeMap<>(fieldsOf(entry.claim()));
    String hash = hashOf(entry.claim());
    if (entry.held()) {
      fields.put("argos.held", "true");
    }
    if (!entry.ambiguity().isEmpty()) {
      fields.put("argos.ambiguous", entry.ambiguity());
    }
    return new Claim(entry.key().source(), entry.claim().getRank(), fields, hash);
  }

  /** Hash of what a source claims. */
  static String hashOf(ResourceClaim claim) {
    List<String> parts = new ArrayList<>();
    fieldsOf(claim)
        .forEach((field, value) -> {
          parts.add(field);
          parts.add(value);
        });
    return HashId.of(parts.toArray(String[]::new));
  }

  private static Map<String, String> fieldsOf(ResourceClaim claim) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("name", claim.getName());
    fields.put("class", claim.getResourceClass());
    fields.put("subclass", claim.getSubclass());
    fields.put("type", claim.getType());
    fields.put("endpoint", claim.getEndpoint());
    fields.put("addresses", String.join(",", claim.getAddresses()));
    fields.put("maintenance", Boolean.toString(claim.getMaintenance()));
    fields.put("ttlSeconds", Long.toString(claim.getTtlSeconds()));
    if (claim.getCredential() != null) {
      fields.put("credential", claim.getCredential());
    }
    claim.getLabels().forEach((label, value) -> fields.put("label." + label, value));
    for (Alias alias : claim.getAliases()) {
      fields.merge("alias." + alias.getKind(), alias.getValue(), (a, b) -> a + "," + b);
    }
    return fields;
  }
}
