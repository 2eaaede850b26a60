package io.argos.runtime.result;

import io.argos.runtime.table.CompactedTable;
import io.argos.schemas.Enrichment;
import io.argos.spi.Enrichments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The enrichments in an agent's table, whole ones only. Safe for use by any thread. */
public final class EnrichmentTable implements Enrichments {
  private final CompactedTable<Enrichment> table;

  public EnrichmentTable(CompactedTable<Enrichment> table) {
    this.table = table;
  }

  @Override
  public List<Enrichment> find(String resourceId, String namespace) {
    Optional<Enrichment> first = table.find(EnrichmentPublisher.keyOf(resourceId, namespace, 0));
    if (first.isEmpty()) {
      return List.of();
    }
    if (first.get().getParts() == 1) {
      return List.of(first.get());
    }
    List<Enrichment> parts = new ArrayList<>();
    parts.add(first.get());
    for (int part = 1; part < first.get().getParts(); part++) {
      Optional<Enrichment> next =
          table.find(EnrichmentPublisher.keyOf(resourceId, namespace, part));
      // Parts are written one by one: until all are of one content there is no whole.
      if (next.isEmpty() || !next.get().getContentHash().equals(first.get().getContentHash())) {
        return List.of();
      }
      parts.add(next.get());
    }
    return List.copyOf(parts);
  }
}
