package io.argos.enrichment.schedule;

import io.argos.runtime.table.TableEntry;
import io.argos.runtime.table.TableListener;
import io.argos.schemas.Enrichment;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Until when each enrichment is kept: all that a leader must know of them, in place of their bytes.
 * Listens to a table that holds nothing; safe for use by any thread.
 */
public final class EnrichmentLives implements TableListener<Enrichment> {
  private static final int TIMES_TO_LIVE = 10;

  /**
   * One enrichment.
   *
   * @param place where the record stands that said so
   * @param keptUntil when ten times its time to live have gone without a renewal
   */
  record Life(TableEntry.Place place, long keptUntil) {
    boolean over(Instant now) {
      return keptUntil < now.toEpochMilli();
    }
  }

  private final Map<String, Life> lives = new ConcurrentHashMap<>();

  /** Listens to nothing yet. */
  public EnrichmentLives() {}

  @Override
  public void changed(
      String key, Optional<Enrichment> before, Optional<Enrichment> after, TableEntry.Place place) {
    if (after.isPresent()) {
      lives.put(key, new Life(place, keptUntil(after.get())));
    } else {
      lives.remove(key);
    }
  }

  @Override
  public void dropped(int partition) {
    lives.values().removeIf(life -> life.place().partition() == partition);
  }

  /** Number of enrichments. */
  public int size() {
    return lives.size();
  }

  /** One enrichment, as it is now. */
  Optional<Life> find(String key) {
    return Optional.ofNullable(lives.get(key));
  }

  /** Shows every enrichment, with its key. */
  void forEach(BiConsumer<String, Life> each) {
    lives.forEach(each);
  }

  /** The resource that a key is about: the id, in which there is no bar, up to the first one. */
  static String resourceOf(String key) {
    int bar = key.indexOf('|');
    return bar < 0 ? key : key.substring(0, bar);
  }

  private static long keptUntil(Enrichment enrichment) {
    Duration timeToLive = Duration.between(enrichment.getCollectedAt(), enrichment.getExpiresAt());
    return enrichment.getCollectedAt().plus(timeToLive.multipliedBy(TIMES_TO_LIVE)).toEpochMilli();
  }
}
