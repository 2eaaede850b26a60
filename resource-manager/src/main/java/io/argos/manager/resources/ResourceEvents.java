package io.argos.manager.resources;

import io.argos.manager.resources.SourceEntry.Hold;
import io.argos.schemas.Claim;
import io.argos.schemas.Discovery;
import io.argos.schemas.Event;
import io.argos.schemas.Rejection;
import io.argos.schemas.Resource;
import io.argos.schemas.Severity;
import io.argos.schemas.topic.HashId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The events of this topology. Those of a source have the source in place of the resource. */
final class ResourceEvents {
  private ResourceEvents() {}

  static Event added(Resource resource, Instant at, String cause) {
    return event(
        resource.getId(),
        "resource.added",
        Severity.INFO,
        at,
        null,
        "%s was discovered at %s".formatted(resource.getId(), resource.getEndpoint()),
        Map.of(
            "sources",
            String.join(",", resource.getClaims().stream().map(Claim::getSource).toList())),
        cause);
  }

  static Event changed(Resource before, Resource now, Instant at, String cause) {
    String fields = String.join(",", differences(before, now));
    return event(
        now.getId(),
        "resource.changed",
        Severity.INFO,
        at,
        null,
        "%s changed: %s".formatted(now.getId(), fields),
        Map.of("fields", fields, "revision", Long.toString(now.getRevision())),
        cause);
  }

  private static List<String> differences(Resource before, Resource now) {
    List<String> differing = new ArrayList<>();
    for (var field : Resource.getClassSchema().getFields()) {
      if (!field.name().equals("revision")
          && !Objects.equals(before.get(field.pos()), now.get(field.pos()))) {
        differing.add(field.name());
      }
    }
    return differing;
  }

  static Event removed(Resource resource, Instant at, String reason, String cause) {
    return event(
        resource.getId(),
        "resource.removed",
        Severity.INFO,
        at,
        null,
        "%s was removed: %s".formatted(resource.getId(), reason),
        Map.of("reason", reason),
        cause);
  }

  static Event ambiguous(ClaimEntry claim, Instant at, String cause) {
    return event(
        claim.resourceId(),
        "identity.ambiguous",
        Severity.WARNING,
        at,
        claim.key().source(),
        "%s of %s stands alone: %s"
            .formatted(claim.key().name(), claim.key().source(), claim.ambiguity()),
        Map.of("source", claim.key().source(), "why", claim.ambiguity()),
        cause);
  }

  static Event held(String source, String site, Hold hold, String cause) {
    return event(
        source,
        "removal.held",
        Severity.WARNING,
        hold.since(),
        site,
        ("%s no longer claims %d resources of site %s; they stay until a second equal run and"
                + " `argos resources confirm %s`")
            .formatted(source, hold.count(), site, source),
        Map.of("source", source, "site", site, "count", Integer.toString(hold.count())),
        cause);
  }

  static Event rejected(Discovery said, Rejection rejection, String cause) {
    return event(
        said.getSource(),
        "discovery.rejected",
        Severity.WARNING,
        said.getAt(),
        null,
        "%s, %s: %s".formatted(rejection.getFile(), rejection.getPlace(), rejection.getRule()),
        Map.of(
            "file", rejection.getFile(),
            "place", rejection.getPlace(),
            "rule", rejection.getRule()),
        cause);
  }

  private static Event event(
      String about,
      String type,
      Severity severity,
      Instant at,
      @Nullable String subject,
      String summary,
      Map<String, String> attributes,
      String cause) {
    String id = HashId.of(type, about, subject == null ? "" : subject, cause, summary);
    return new Event(id, about, type, severity, at, subject, summary, attributes, cause);
  }
}
