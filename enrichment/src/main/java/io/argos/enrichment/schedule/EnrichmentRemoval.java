package io.argos.enrichment.schedule;

import io.argos.runtime.result.ResultProducer;
import io.argos.runtime.table.CompactedTable;
import io.argos.runtime.table.TableEntry;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.schemas.topic.HashId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the enrichments of resources that are no more, and those that nobody has renewed for ten
 * times their time to live. Only the leader does; a sweep looks at everything, so that what a
 * former leader left behind goes too.
 */
public final class EnrichmentRemoval {
  private static final Logger log = LoggerFactory.getLogger(EnrichmentRemoval.class);
  private static final int TIMES_TO_LIVE = 10;

  private final CompactedTable<Resource> resources;
  private final CompactedTable<Enrichment> enrichments;
  private final ResultProducer results;
  private final String topic;
  private final InstantSource clock;
  private final BooleanSupplier leads;

  public EnrichmentRemoval(
      CompactedTable<Resource> resources,
      CompactedTable<Enrichment> enrichments,
      ResultProducer results,
      String topic,
      InstantSource clock,
      BooleanSupplier leads) {
    this.resources = resources;
    this.enrichments = enrichments;
    this.results = results;
    this.topic = topic;
    this.clock = clock;
    this.leads = leads;
  }

  /**
   * Looks at every enrichment once.
   *
   * @return how many were deleted
   */
  public int sweep() throws InterruptedException {
    if (!leads.getAsBoolean() || !resources.caughtUp() || !enrichments.caughtUp()) {
      return 0;
    }
    int deleted = 0;
    Instant now = clock.instant();
    for (TableEntry<Enrichment> entry : enrichments.scan("")) {
      Enrichment enrichment = entry.value();
      boolean orphaned = resources.find(enrichment.getResourceId()).isEmpty();
      Duration timeToLive =
          Duration.between(enrichment.getCollectedAt(), enrichment.getExpiresAt());
      boolean forgotten =
          enrichment.getCollectedAt().plus(timeToLive.multipliedBy(TIMES_TO_LIVE)).isBefore(now);
      if (orphaned || forgotten) {
        delete(entry.key(), enrichment, now).join();
        deleted++;
      }
    }
    if (deleted > 0) {
      log.info("enrichments deleted count={}", deleted);
    }
    return deleted;
  }

  private CompletableFuture<?> delete(String key, Enrichment enrichment, Instant now)
      throws InterruptedException {
    String id = HashId.of("enrichment removed", key, enrichment.getJobId());
    return results.send(results.record(topic, key, null, id, "Enrichment", now));
  }
}
