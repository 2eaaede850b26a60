package io.argos.enrichment.schedule;

import io.argos.runtime.table.CompactedTable;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Resource;
import io.argos.schemas.topic.HashId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
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

  /** Writes deletions to the topic. */
  @FunctionalInterface
  public interface Deletions {
    /**
     * Writes one.
     *
     * @param id deterministic id of the event
     * @return completes when it is acknowledged
     */
    CompletableFuture<?> write(String key, String id, Instant at) throws InterruptedException;
  }

  private final CompactedTable<Resource> resources;
  private final BooleanSupplier caughtUp;
  private final EnrichmentLives lives;
  private final Deletions deletions;
  private final InstantSource clock;
  private final BooleanSupplier leads;

  /**
   * A removal.
   *
   * @param resources all resources
   * @param enrichments the table that the lives listen to
   * @param lives how long each enrichment is kept
   * @param deletions writes the deletions
   * @param leads whether this instance leads the stage
   */
  public EnrichmentRemoval(
      CompactedTable<Resource> resources,
      CompactedTable<Enrichment> enrichments,
      EnrichmentLives lives,
      Deletions deletions,
      InstantSource clock,
      BooleanSupplier leads) {
    this.resources = resources;
    this.caughtUp = () -> resources.caughtUp() && enrichments.caughtUp() && resources.reading();
    this.lives = lives;
    this.deletions = deletions;
    this.clock = clock;
    this.leads = leads;
  }

  /**
   * Looks at every enrichment once.
   *
   * @return how many were deleted
   */
  public int sweep() throws InterruptedException {
    if (!leads.getAsBoolean() || !caughtUp.getAsBoolean()) {
      return 0;
    }
    Instant now = clock.instant();
    Map<String, EnrichmentLives.Life> ended = new HashMap<>();
    lives.forEach((key, life) -> {
      if (isOver(key, life, now)) {
        ended.put(key, life);
      }
    });
    int deleted = 0;
    for (Map.Entry<String, EnrichmentLives.Life> entry : ended.entrySet()) {
      // A sweep may last, and a leadership end meanwhile, or an enrichment be renewed.
      if (!leads.getAsBoolean() || !caughtUp.getAsBoolean()) {
        break;
      }
      String key = entry.getKey();
      EnrichmentLives.Life life = entry.getValue();
      if (lives.find(key).filter(life::equals).isPresent() && isOver(key, life, now)) {
        delete(key, life, now).join();
        deleted++;
      }
    }
    if (deleted > 0) {
      log.info("enrichments deleted count={}", deleted);
    }
    return deleted;
  }

  private boolean isOver(String key, EnrichmentLives.Life life, Instant now) {
    return life.over(now) || resources.find(EnrichmentLives.resourceOf(key)).isEmpty();
  }

  private CompletableFuture<?> delete(String key, EnrichmentLives.Life life, Instant now)
      throws InterruptedException {
    String id =
        HashId.of(
            "enrichment removed",
            key,
            Integer.toString(life.place().partition()),
            Long.toString(life.place().offset()));
    return deletions.write(key, id, now);
  }
}
