package io.argos.deploy.explain;

import io.argos.config.ArgosConfig;
import io.argos.schemas.Claim;
import io.argos.schemas.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a resource comes from: its claims, its record, its zone. Pure functions. */
final class OriginSteps {
  private static final String HELD = "argos.held";
  private static final String AMBIGUOUS = "argos.ambiguous";

  private final ArgosConfig config;
  private final Dossier dossier;
  private final Moments moments;

  OriginSteps(ArgosConfig config, Dossier dossier) {
    this.config = config;
    this.dossier = dossier;
    this.moments = new Moments(dossier.now());
  }

  Step claim() {
    return dossier.resource().isEmpty()
        ? unclaimed()
        : claimed(dossier.resource().get().resource());
  }

  private Step unclaimed() {
    Optional<Dossier.Sighting> last =
        dossier.sightings().isEmpty()
            ? Optional.empty()
            : Optional.of(dossier.sightings().getLast());
    if (last.isEmpty()) {
      return Step.broken(
          "claim",
          "",
          "no source claims it",
          "add it to a source of discovery, or wait for the source's next run");
    }
    Dossier.Sighting sighting = last.get();
    return sighting
        .rejection()
        .map(why ->
            Step.broken(
                "claim",
                "",
                "%s rejected it %s: %s"
                    .formatted(sighting.source(), moments.away(sighting.at()), why),
                "correct that entry"))
        .orElseGet(() ->
            Step.ok(
                "claim",
                "",
                "%s claims it since %s".formatted(sighting.source(), moments.of(sighting.at()))));
  }

  private Step claimed(Resource resource) {
    List<String> held =
        resource.getClaims().stream()
            .filter(claim -> "true".equals(claim.getFields().get(HELD)))
            .map(Claim::getSource)
            .toList();
    String claims = String.join("; ", resource.getClaims().stream().map(this::described).toList());
    if (!held.isEmpty() && held.size() == resource.getClaims().size()) {
      return Step.broken(
          "claim",
          "",
          "no source claims it any more, and its removal is held back: " + claims,
          "argos resources confirm %s lets it go; or bring it back in the source"
              .formatted(held.getFirst()));
    }
    return Step.ok("claim", "", claims);
  }

  private String described(Claim claim) {
    List<String> parts = new ArrayList<>();
    parts.add("rank " + claim.getRank());
    dossier.sightings().stream()
        .filter(sighting -> sighting.source().equals(claim.getSource()))
        .reduce((_, later) -> later)
        .map(sighting ->
            sighting
                .rejection()
                .map(why -> "rejected %s: %s".formatted(moments.away(sighting.at()), why))
                .orElse("seen " + moments.away(sighting.at())))
        .ifPresent(parts::add);
    if ("true".equals(claim.getFields().get(HELD))) {
      parts.add("gone from it, removal held back");
    }
    String ambiguous = claim.getFields().getOrDefault(AMBIGUOUS, "");
    if (!ambiguous.isEmpty()) {
      parts.add("ambiguous: " + ambiguous);
    }
    Dossier.Run run = dossier.runs().get(claim.getSource());
    if (run != null) {
      run.trouble()
          .ifPresent(
              why -> parts.add("its last run, %s, %s".formatted(moments.away(run.at()), why)));
    }
    if (config.discovery().stream().noneMatch(entry -> entry.name().equals(claim.getSource()))) {
      parts.add("not configured here");
    }
    return "%s (%s)".formatted(claim.getSource(), String.join(", ", parts));
  }

  Step resource() {
    if (dossier.resource().isEmpty()) {
      return Step.broken(
          "resource",
          "",
          "there is no record of it",
          dossier.sightings().isEmpty()
              ? "see the claims"
              : "the topology of resources writes it: does resource-manager run and follow"
                  + " (argos doctor)?");
    }
    Dossier.Known known = dossier.resource().get();
    Resource resource = known.resource();
    String text =
        "revision %d of %s: %s/%s/%s at %s%s"
            .formatted(
                resource.getRevision(),
                moments.of(known.since()),
                resource.getResourceClass(),
                resource.getSubclass(),
                resource.getType(),
                resource.getEndpoint().isBlank() ? "no endpoint" : resource.getEndpoint(),
                resource.getMaintenance() ? ", under maintenance" : "");
    return resource.getEndpoint().isBlank()
        ? Step.broken("resource", "", text, "give it an endpoint in a source that claims it")
        : Step.ok("resource", "", text);
  }

  Step zone() {
    String site = dossier.resource().map(known -> known.resource().getSite()).orElse("");
    if (site.isEmpty()) {
      return Step.unknown("zone", "", "without a record it has no site");
    }
    String zone = config.zoneOf(site);
    List<String> absent =
        List.of("enrichment", "polling").stream()
            .filter(stage -> !dossier.places().containsKey(stage))
            .toList();
    return absent.isEmpty()
        ? Step.ok("zone", "", "site %s is in zone %s".formatted(site, zone))
        : Step.broken(
            "zone",
            "",
            "site %s is in zone %s, which has no topic for jobs of %s"
                .formatted(site, zone, String.join(" and ", absent)),
            "argos topics ensure, with the zone in the configuration");
  }
}
