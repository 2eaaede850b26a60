package io.argos.manager.resources;

import io.argos.config.IdentityConfig;
import io.argos.manager.stream.Arrival;
import io.argos.manager.stream.Effects;
import io.argos.manager.stream.Entries;
import io.argos.manager.stream.Fold;
import io.argos.manager.stream.Outlet;
import io.argos.manager.stream.RefusedException;
import io.argos.schemas.Claim;
import io.argos.schemas.Directive;
import io.argos.schemas.Discovery;
import io.argos.schemas.DiscoveryKind;
import io.argos.schemas.Event;
import io.argos.schemas.Rejection;
import io.argos.schemas.Resource;
import io.argos.schemas.ResourceClaim;
import io.argos.schemas.topic.HashId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Turns the runs of all sources into resources. The catalog is held in memory and rebuilt from the
 * store; each step changes it and then settles it: what was touched goes to the store, and a
 * resource that has changed is written.
 */
final class ResourceFold implements Fold {
  private static final long LONGEST_TTL_SECONDS = Duration.ofDays(3650).toSeconds();

  private final EntryCodec codec;
  private final Outlet<Resource> resources;
  private final Outlet<Event> events;
  private final Names names;
  private final RemovalLimits limits;

  private Catalog catalog;
  private Runs runs;

  ResourceFold(
      EntryCodec codec,
      Outlet<Resource> resources,
      Outlet<Event> events,
      IdentityConfig identity,
      RemovalLimits limits) {
    this.codec = codec;
    this.resources = resources;
    this.events = events;
    this.names = new Names(identity);
    this.limits = limits;
    this.catalog = new Catalog(names);
    this.runs = new Runs(catalog, new Identity(names, catalog), limits);
  }

  @Override
  public void restore(Entries entries, BiConsumer<String, Instant> deadlines) {
    catalog = new Catalog(names);
    runs = new Runs(catalog, new Identity(names, catalog), limits);
    entries.forEach((key, bytes) -> {
      if (key.startsWith(EntryCodec.CLAIM)) {
        ClaimEntry claim = codec.readClaim(bytes);
        catalog.restore(claim);
        deadlines.accept(key, claim.endsAt());
      } else if (key.startsWith(EntryCodec.RESOURCE)) {
        Resource record = codec.readResource(bytes);
        catalog.noteWritten(record.getId(), record);
      } else {
        catalog.restore(EntryCodec.readSource(bytes));
      }
    });
  }

  /** One record of a run. */
  void discovery(Arrival.Accepted<Discovery> arrival, Effects effects) {
    Discovery said = arrival.record();
    check(said);
    SourceEntry source = catalog.source(said.getSource());
    String cause =
        HashId.of(
            said.getRunId(), said.getKind().name(), Long.toString(said.getAt().toEpochMilli()));
    switch (said.getKind()) {
      case BEGIN -> runs.begin(source, said);
      case RESOURCE -> runs.claim(source, said, said.getResource());
      case REJECTED -> {
        Rejection rejection = said.getRejection();
        if (runs.reject(source, said, rejection)) {
          emit(ResourceEvents.rejected(said, rejection, cause), effects);
        }
      }
      case END ->
          runs.end(source, said, arrival.time())
              .forEach((site, hold) ->
                  emit(ResourceEvents.held(source.name(), site, hold, cause), effects));
      case ABORT -> runs.abort(source, said);
      case UNKNOWN -> throw new RefusedException("the kind of the record is not known");
    }
    effects.put(EntryCodec.keyOfSource(source.name()), EntryCodec.write(source));
    settle(said.getAt(), cause, effects);
  }

  /** Refuses, before anything is changed, what no source may say. */
  private static void check(Discovery said) {
    if (said.getKind() == DiscoveryKind.UNKNOWN) {
      throw new RefusedException("the kind of the record is not known");
    }
    if (said.getKind() == DiscoveryKind.REJECTED && said.getRejection() == null) {
      throw new RefusedException("a rejection without its reason");
    }
    if (said.getKind() != DiscoveryKind.RESOURCE) {
      return;
    }
    ResourceClaim claim = said.getResource();
    if (claim == null || claim.getSite().isBlank() || claim.getName().isBlank()) {
      throw new RefusedException("a resource needs a site and a name");
    }
    if (claim.getTtlSeconds() <= 0 || claim.getTtlSeconds() > LONGEST_TTL_SECONDS) {
      throw new RefusedException(
          "ttlSeconds of %s: %d is not between 1 and %d"
              .formatted(claim.getName(), claim.getTtlSeconds(), LONGEST_TTL_SECONDS));
    }
  }

  /** A person confirms what a source holds back. */
  void confirm(Arrival.Accepted<Directive> arrival, Effects effects) {
    Directive directive = arrival.record();
    SourceEntry source = catalog.source(directive.getResourceId());
    runs.confirm(
        source, Optional.ofNullable(directive.getAttributes().get("site")), arrival.time());
    effects.put(EntryCodec.keyOfSource(source.name()), EntryCodec.write(source));
    settle(directive.getAt(), directive.getId(), effects);
  }

  @Override
  public void deadline(String key, Instant at, Effects effects) {
    catalog
        .claimAt(key)
        .filter(claim -> !claim.endsAt().isAfter(at))
        .ifPresent(claim -> catalog.remove(claim.key(), "its time to live has passed"));
    settle(at, HashId.of(key, Long.toString(at.toEpochMilli())), effects);
  }

  private void settle(Instant at, String cause, Effects effects) {
    List<ClaimEntry> ambiguous = new ArrayList<>();
    for (ClaimKey key : catalog.takeTouchedClaims()) {
      String place = EntryCodec.keyOf(key);
      Optional<ClaimEntry> claim = catalog.claim(key);
      effects.put(place, claim.map(codec::write).orElse(null));
      effects.deadline(place, claim.map(ClaimEntry::endsAt).orElse(null));
      claim.filter(c -> !c.ambiguity().isEmpty()).ifPresent(ambiguous::add);
    }
    for (ClaimEntry claim : ambiguous) {
      if (isNews(claim)) {
        emit(ResourceEvents.ambiguous(claim, at, cause), effects);
      }
    }
    catalog.takeTouchedResources().forEach((id, reason) -> settle(id, reason, at, cause, effects));
  }

  /** Whether the resource as last written does not tell of the ambiguity yet. */
  private boolean isNews(ClaimEntry claim) {
    return catalog
        .writtenOf(claim.resourceId())
        .map(record ->
            record.getClaims().stream()
                .map(Claim::getFields)
                .noneMatch(fields -> claim.ambiguity().equals(fields.get("argos.ambiguous"))))
        .orElse(true);
  }

  private void settle(String id, String reason, Instant at, String cause, Effects effects) {
    Optional<Resource> before = catalog.writtenOf(id);
    if (!catalog.knows(id)) {
      before.ifPresent(record -> bury(record, reason, at, cause, effects));
      return;
    }
    var claims = catalog.claimsOf(id);
    Resource now =
        ResourceMerge.merge(
            id,
            before.map(Resource::getName).orElseGet(() -> claims.iterator().next().key().name()),
            before.map(Resource::getFirstSeenAt).orElse(at),
            before.map(Resource::getRevision).orElse(0L),
            claims);
    if (before.isPresent() && before.get().equals(now)) {
      return;
    }
    now.setRevision(now.getRevision() + 1);
    write(now, at, effects);
    emit(
        before
            .map(record -> ResourceEvents.changed(record, now, at, cause))
            .orElseGet(() -> ResourceEvents.added(now, at, cause)),
        effects);
  }

  private void write(Resource record, Instant at, Effects effects) {
    catalog.noteWritten(record.getId(), record);
    effects.put(EntryCodec.keyOfResource(record.getId()), codec.write(record));
    effects.emit(
        resources,
        record.getId(),
        record,
        HashId.of("resource", record.getId(), Long.toString(record.getRevision())),
        at);
  }

  private void bury(Resource record, String reason, Instant at, String cause, Effects effects) {
    catalog.noteWritten(record.getId(), null);
    effects.put(EntryCodec.keyOfResource(record.getId()), null);
    effects.bury(
        resources,
        record.getId(),
        HashId.of("resource", record.getId(), Long.toString(record.getRevision() + 1)),
        at);
    emit(ResourceEvents.removed(record, at, reason, cause), effects);
  }

  private void emit(Event event, Effects effects) {
    effects.emit(events, event.getResourceId(), event, event.getId(), event.getAt());
  }
}
