package io.argos.spi;

import io.argos.schemas.Resource;
import io.argos.schemas.columnar.GroupBlock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Measures what changes fast about a resource. Called by many virtual threads at once. */
public interface Poller extends AutoCloseable {
  /**
   * Polls one resource once. Blocks.
   *
   * @throws InterruptedException when the deadline has passed or the agent stops
   */
  Poll run(Run run, Resource resource, Enrichments enrichments) throws InterruptedException;

  @Override
  void close();

  /**
   * What a poll read. A poll always ends in one, so that the status group is always written.
   *
   * @param status how it went
   * @param failure why the status is not {@code SUCCESS}; empty when it is
   * @param groups metric groups, the status group among them
   * @param uptimeCentis sysUpTime in hundredths of a second, where read
   * @param discontinuityAt latest counter discontinuity that the device reported
   * @param profile profile by which it was read
   * @param enrichmentStale true when the enrichment in use had expired
   * @param wantsEnrichment true when the resource should be enriched out of turn
   */
  record Poll(
      DeviceStatus status,
      Optional<Failure> failure,
      List<GroupBlock> groups,
      OptionalLong uptimeCentis,
      Optional<Instant> discontinuityAt,
      Optional<ProfileRef> profile,
      boolean enrichmentStale,
      boolean wantsEnrichment) {
    public Poll {
      groups = List.copyOf(groups);
    }
  }
}
