package io.argos.deploy.poll;

import io.argos.schemas.Enrichment;
import io.argos.schemas.columnar.GroupRecords;
import io.argos.spi.Enricher;
import io.argos.spi.EnrichmentContent;
import io.argos.spi.Enrichments;
import io.argos.spi.ProfileRef;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the enrichments of one device in memory, from the enricher to the poller. */
final class HeldEnrichments implements Enricher.Emitter, Enrichments {
  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  private final String plugin;
  private final String jobId;
  private final Instant at;
  private final Map<String, Enrichment> byNamespace = new LinkedHashMap<>();

  HeldEnrichments(String plugin, String jobId, Instant at) {
    this.plugin = plugin;
    this.jobId = jobId;
    this.at = at;
  }

  @Override
  public void emit(EnrichmentContent content) {
    byNamespace.put(
        content.namespace(),
        Enrichment.newBuilder()
            .setResourceId(content.resourceId())
            .setNamespace(content.namespace())
            .setPlugin(plugin)
            .setJobId(jobId)
            .setCollectedAt(at)
            .setExpiresAt(at.plus(TIME_TO_LIVE))
            // Nobody compares it: there is no earlier content.
            .setContentHash("")
            .setProfile(content.profile().map(ProfileRef::name).orElse(null))
            .setProfileHash(content.profile().map(ProfileRef::hash).orElse(null))
            .setAttributes(content.attributes())
            .setDocument(content.document().orElse(null))
            .setGroups(content.groups().stream().map(GroupRecords::toRecord).toList())
            .setPart(0)
            .setParts(1)
            .build());
  }

  @Override
  public List<Enrichment> find(String resourceId, String namespace) {
    Enrichment held = byNamespace.get(namespace);
    return held == null || !held.getResourceId().equals(resourceId) ? List.of() : List.of(held);
  }

  /** All of them, in the order in which they came. */
  List<Enrichment> all() {
    return List.copyOf(byNamespace.values());
  }
}
