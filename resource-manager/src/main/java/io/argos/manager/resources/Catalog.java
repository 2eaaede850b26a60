package io.argos.manager.resources;

import io.argos.schemas.Resource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All claims, the resources they make up and the names these go by; and what has been touched since
 * it was last settled.
 */
final class Catalog {
  private final Names names;
  private final SortedMap<ClaimKey, ClaimEntry> claims = new TreeMap<>();
  private final Map<String, SortedMap<ClaimKey, ClaimEntry>> bySource = new HashMap<>();
  private final Map<String, SortedMap<ClaimKey, ClaimEntry>> byResource = new HashMap<>();
  private final Map<String, ClaimKey> places = new HashMap<>();
  private final Map<String, Resource> written = new HashMap<>();
  private final Map<String, SourceEntry> sources = new HashMap<>();
  private final NameIndex primary = new NameIndex();
  private final NameIndex all = new NameIndex();

  private final Set<ClaimKey> touchedClaims = new LinkedHashSet<>();

  /** Touched resources, each with the reason of the last touch. */
  private final Map<String, String> touchedResources = new LinkedHashMap<>();

  Catalog(Names names) {
    this.names = names;
  }

  Optional<ClaimEntry> claim(ClaimKey key) {
    return Optional.ofNullable(claims.get(key));
  }

  /** The claim whose entry has this key in the store. */
  Optional<ClaimEntry> claimAt(String place) {
    return Optional.ofNullable(places.get(place)).flatMap(this::claim);
  }

  boolean knows(String resourceId) {
    return byResource.containsKey(resourceId);
  }

  /** Resources whose own name this is. */
  Set<String> named(String site, String folded) {
    return primary.find(site, folded);
  }

  /** Resources that go by this name, as their own or as an alias. */
  Set<String> knownAs(String site, String folded) {
    return all.find(site, folded);
  }

  Collection<ClaimEntry> claimsOf(String resourceId) {
    SortedMap<ClaimKey, ClaimEntry> found = byResource.get(resourceId);
    return found == null ? List.of() : List.copyOf(found.values());
  }

  Collection<ClaimEntry> claimsBy(String source) {
    SortedMap<ClaimKey, ClaimEntry> found = bySource.get(source);
    return found == null ? List.of() : List.copyOf(found.values());
  }

  /** The record of a resource as last written. */
  Optional<Resource> writtenOf(String resourceId) {
    return Optional.ofNullable(written.get(resourceId));
  }

  SourceEntry source(String name) {
    return sources.computeIfAbsent(name, SourceEntry::new);
  }

  /** Puts a claim in place of its former content. */
  void put(ClaimEntry entry, String reason) {
    unlink(claims.get(entry.key()));
    link(entry);
    touchedClaims.add(entry.key());
    touchedResources.put(entry.resourceId(), reason);
  }

  void remove(ClaimKey key, String reason) {
    ClaimEntry former = claims.get(key);
    if (former != null) {
      unlink(former);
      touchedClaims.add(key);
      touchedResources.put(former.resourceId(), reason);
    }
  }

  /** Takes the touched claims. */
  Set<ClaimKey> takeTouchedClaims() {
    Set<ClaimKey> taken = new LinkedHashSet<>(touchedClaims);
    touchedClaims.clear();
    return taken;
  }

  /** Takes the touched resources, with the reason of each. */
  Map<String, String> takeTouchedResources() {
    Map<String, String> taken = new LinkedHashMap<>(touchedResources);
    touchedResources.clear();
    return taken;
  }

  /** Notes the record of a resource as written; null when it was buried. */
  void noteWritten(String resourceId, @Nullable Resource record) {
    Resource former = record == null ? written.remove(resourceId) : written.put(resourceId, record);
    if (former != null) {
      index(primary, former, false);
      index(all, former, false);
    }
    if (record != null) {
      index(primary, record, true);
      index(all, record, true);
    }
  }

  /** Takes over entries of the store. */
  void restore(ClaimEntry entry) {
    link(entry);
  }

  void restore(SourceEntry entry) {
    sources.put(entry.name(), entry);
  }

  private void link(ClaimEntry entry) {
    claims.put(entry.key(), entry);
    places.put(EntryCodec.keyOf(entry.key()), entry.key());
    bySource.computeIfAbsent(entry.key().source(), _ -> new TreeMap<>()).put(entry.key(), entry);
    byResource.computeIfAbsent(entry.resourceId(), _ -> new TreeMap<>()).put(entry.key(), entry);
    for (Names.Name name : names.joining(entry.claim())) {
      all.add(entry.key().site(), folded(entry, name), entry.resourceId());
    }
  }

  private void unlink(@Nullable ClaimEntry entry) {
    if (entry == null) {
      return;
    }
    claims.remove(entry.key());
    places.remove(EntryCodec.keyOf(entry.key()));
    drop(bySource, entry.key().source(), entry.key());
    drop(byResource, entry.resourceId(), entry.key());
    for (Names.Name name : names.joining(entry.claim())) {
      all.remove(entry.key().site(), folded(entry, name), entry.resourceId());
    }
  }

  private String folded(ClaimEntry entry, Names.Name name) {
    return names.folded(entry.key().site(), name.text());
  }

  private void index(NameIndex index, Resource resource, boolean add) {
    String folded = names.folded(resource.getSite(), resource.getName());
    if (add) {
      index.add(resource.getSite(), folded, resource.getId());
    } else {
      index.remove(resource.getSite(), folded, resource.getId());
    }
  }

  private static void drop(
      Map<String, SortedMap<ClaimKey, ClaimEntry>> index, String place, ClaimKey key) {
    SortedMap<ClaimKey, ClaimEntry> found = index.get(place);
    if (found != null) {
      found.remove(key);
      if (found.isEmpty()) {
        index.remove(place);
      }
    }
  }
}
