package io.argos.manager.nodes;

import io.argos.manager.stream.Arrival;
import io.argos.manager.stream.Effects;
import io.argos.manager.stream.Entries;
import io.argos.manager.stream.Fold;
import io.argos.manager.stream.NoEntries;
import io.argos.manager.stream.Outlet;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Event;
import io.argos.schemas.NodeState;
import io.argos.schemas.Outcome;
import io.argos.schemas.Resource;
import io.argos.schemas.topic.HashId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Tells the state of each node from what polls told of it. A node is written while its resource
 * exists; outcomes that come before their resource wait for it a while.
 */
final class NodeFold implements Fold {
  private static final String POLLING = "polling";
  private static final String ENRICHMENT = "enrichment";

  /** How long outcomes wait for a resource: the topics of a task are not read in step. */
  private static final Duration ORPHAN_WAIT = Duration.ofMinutes(10);

  private final Outlet<NodeState> nodes;
  private final Outlet<Event> events;
  private final Duration grace;

  private Entries entries = NoEntries.INSTANCE;

  NodeFold(Outlet<NodeState> nodes, Outlet<Event> events, Duration grace) {
    this.nodes = nodes;
    this.events = events;
    this.grace = grace;
  }

  @Override
  public void restore(Entries given, BiConsumer<String, Instant> deadlines) {
    entries = given;
    given.forEach((id, bytes) -> {
      if (isOfInterfaces(id)) {
        return;
      }
      NodeEntry entry = NodeEntry.fromBytes(bytes);
      deadlineOf(entry, entry.history.view(grace)).ifPresent(at -> deadlines.accept(id, at));
    });
  }

  /** An outcome of any stage. */
  void outcome(Arrival.Accepted<Outcome> arrival, Effects effects) {
    Outcome outcome = arrival.record();
    NodeEntry entry = find(arrival.key());
    if (!note(entry, outcome, arrival.time())) {
      return;
    }
    if (entry.facts == null) {
      Instant until = arrival.time().plus(ORPHAN_WAIT);
      entry.orphanUntil = until.isAfter(entry.orphanUntil) ? until : entry.orphanUntil;
    }
    write(arrival.key(), entry, outcome.getJobId(), effects);
  }

  private boolean note(NodeEntry entry, Outcome outcome, Instant loggedAt) {
    if (outcome.getSubject() != null) {
      // The job of one service: it tells of the service, and services tell of the node.
      return false;
    }
    return switch (outcome.getStage()) {
      case POLLING ->
          Observation.of(outcome, loggedAt)
              .map(seen -> entry.history.add(seen, grace))
              .orElse(false);
      case ENRICHMENT -> entry.enrichments.note(outcome, loggedAt);
      default -> false;
    };
  }

  /** A resource was added or changed. */
  void resource(Arrival.Accepted<Resource> arrival, Effects effects) {
    NodeEntry entry = find(arrival.key());
    NodeFacts facts = NodeFacts.of(arrival.record());
    if (facts.equals(entry.facts)) {
      return;
    }
    entry.facts = facts;
    entry.orphanUntil = Instant.EPOCH;
    write(arrival.key(), entry, HashId.of(arrival.key(), "r" + facts.revision()), effects);
  }

  /** A resource was removed. */
  void removed(String id, Instant at, Effects effects) {
    Optional<NodeEntry> known = entries.find(id).map(NodeEntry::fromBytes);
    if (known.isEmpty()) {
      return;
    }
    effects.put(id, null);
    effects.deadline(id, null);
    if (known.get().revision > 0) {
      effects.bury(nodes, id, HashId.of("node", id, Long.toString(known.get().revision + 1)), at);
    }
  }

  /** A namespace of a resource was read; that of its interfaces tells whether they moved. */
  void enrichment(Arrival.Accepted<Enrichment> arrival, Effects effects) {
    Enrichment enrichment = arrival.record();
    Optional<InterfaceIndexes> read = InterfaceIndexes.of(enrichment);
    if (read.isEmpty()) {
      return;
    }
    InterfaceIndexes now = read.get();
    Optional<InterfaceIndexes> former =
        entries.find(arrival.key()).map(InterfaceIndexes::fromBytes);
    if (former.isPresent()) {
      if (!now.collectedAt().isAfter(former.get().collectedAt())) {
        return;
      }
      now.since(former.get(), enrichment)
          .ifPresent(event ->
              effects.emit(
                  events, enrichment.getResourceId(), event, event.getId(), event.getAt()));
    }
    effects.put(arrival.key(), now.toBytes());
  }

  /** A namespace of a resource is there no more. */
  void enrichmentRemoved(String key, Instant at, Effects effects) {
    if (isOfInterfaces(key)) {
      effects.put(key, null);
    }
  }

  /** Ids of resources have no bar, so that the key of an enrichment is never one of a node. */
  private static boolean isOfInterfaces(String key) {
    return key.endsWith('|' + InterfaceIndexes.NAMESPACE);
  }

  @Override
  public void deadline(String id, Instant at, Effects effects) {
    NodeEntry entry = find(id);
    if (entry.facts == null && !entry.orphanUntil.isAfter(at)) {
      effects.put(id, null);
      return;
    }
    entry.history.reach(at.plus(grace));
    write(id, entry, HashId.of(id, "lapse", Long.toString(at.toEpochMilli())), effects);
  }

  private NodeEntry find(String id) {
    return entries.find(id).map(NodeEntry::fromBytes).orElseGet(NodeEntry::new);
  }

  private void write(String id, NodeEntry entry, String cause, Effects effects) {
    NodeFacts facts = entry.facts;
    NodeView view = entry.history.view(grace);
    if (facts != null) {
      NodeState state = NodeRecord.of(id, facts, view, entry.enrichments);
      String hash = HashId.of(state.toString());
      if (!hash.equals(entry.writtenHash)) {
        entry.revision++;
        entry.writtenHash = hash;
        state.setRevision(entry.revision);
        Instant at = view.lastPollAt() == null ? state.getSince() : view.lastPollAt();
        effects.emit(nodes, id, state, HashId.of("node", id, Long.toString(entry.revision)), at);
      }
      NodeRecord.transition(entry.writtenReachability, state, cause)
          .ifPresent(event -> effects.emit(events, id, event, event.getId(), event.getAt()));
      entry.writtenReachability = state.getReachability();
    }
    effects.put(id, entry.toBytes());
    effects.deadline(id, deadlineOf(entry, view).orElse(null));
  }

  private static Optional<Instant> deadlineOf(NodeEntry entry, NodeView view) {
    return entry.facts == null ? Optional.of(entry.orphanUntil) : view.nextLapse();
  }
}
