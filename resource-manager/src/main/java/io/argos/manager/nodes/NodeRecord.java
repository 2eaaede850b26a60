package io.argos.manager.nodes;

import io.argos.schemas.Event;
import io.argos.schemas.Health;
import io.argos.schemas.NodeState;
import io.argos.schemas.Reachability;
import io.argos.schemas.Severity;
import io.argos.schemas.topic.HashId;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is written of a node: its record, and an event when it begins or ceases to answer. */
final class NodeRecord {
  private NodeRecord() {}

  /** The record of a node, with revision 0. */
  static NodeState of(String id, NodeFacts facts, NodeView view, Enrichments enrichments) {
    Standing standing = view.standing();
    Map<String, String> plugins = new TreeMap<>();
    enrichments.forEachStatus(plugins::put);
    view.plugins().forEach((name, plugin) -> plugins.put(name, plugin.status()));
    return new NodeState(
        id,
        facts.site(),
        facts.resourceClass(),
        facts.type(),
        0L,
        healthOf(standing.reachability()),
        standing.reachability(),
        reason(standing, enrichments),
        view.since().orElse(facts.firstSeenAt()),
        view.lastPollAt(),
        view.lastSuccessAt(),
        view.nextLapse().orElse(null),
        view.consecutiveFailures(),
        plugins,
        null,
        null,
        facts.maintenance());
  }

  private static String reason(Standing standing, Enrichments enrichments) {
    return switch (standing.reachability()) {
      case PENDING -> enrichments.failure().orElse("not polled yet");
      case DEGRADED ->
          enrichments
              .failure()
              .map(failure -> standing.reason() + "; " + failure)
              .orElse(standing.reason());
      case REACHABLE, UNREACHABLE, STALE, UNKNOWN -> standing.reason();
    };
  }

  private static Health healthOf(Reachability reachability) {
    return switch (reachability) {
      case REACHABLE -> Health.OK;
      case DEGRADED, STALE -> Health.WARNING;
      case UNREACHABLE -> Health.CRITICAL;
      case PENDING, UNKNOWN -> Health.UNKNOWN;
    };
  }

  /** The event of a change of reachability; empty when there was none, or nothing before. */
  static Optional<Event> transition(Reachability before, NodeState state, String cause) {
    Reachability now = state.getReachability();
    if (now == before || now == Reachability.PENDING) {
      return Optional.empty();
    }
    Instant at = state.getSince();
    String type = "node." + now.name().toLowerCase(Locale.ROOT);
    String id = HashId.of(type, state.getResourceId(), Long.toString(at.toEpochMilli()), cause);
    String summary =
        "%s is %s%s"
            .formatted(
                state.getResourceId(),
                now.name().toLowerCase(Locale.ROOT),
                state.getReason().isEmpty() ? "" : ": " + state.getReason());
    return Optional.of(
        new Event(
            id,
            state.getResourceId(),
            type,
            severityOf(before, now),
            at,
            null,
            summary,
            Map.of(
                "from", before.name(),
                "to", now.name(),
                "maintenance", Boolean.toString(state.getMaintenance())),
            cause));
  }

  private static Severity severityOf(Reachability before, Reachability now) {
    return switch (now) {
      case UNREACHABLE -> Severity.CRITICAL;
      case DEGRADED, STALE -> Severity.WARNING;
      case REACHABLE ->
          before == Reachability.PENDING || before == Reachability.UNKNOWN
              ? Severity.INFO
              : Severity.CLEARED;
      case PENDING, UNKNOWN -> Severity.INFO;
    };
  }
}
