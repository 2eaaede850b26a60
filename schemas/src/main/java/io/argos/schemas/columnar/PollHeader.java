package io.argos.schemas.columnar;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a {@code PollResult} says beside its groups; the fields are those of the record.
 *
 * @param pollId id of the poll, which is the id of its job
 * @param resourceId the resource
 * @param site site of the resource
 * @param resourceClass class of the resource
 * @param subclass subclass of the resource
 * @param type type of the resource
 * @param endpoint endpoint that was polled
 * @param labels labels of the resource
 * @param plugin plugin instance
 * @param profile device profile in use
 * @param profileHash hash of that profile, hex
 * @param dueAt when the poll was due
 * @param startedAt when it started
 * @param completedAt when it ended
 * @param intervalMillis interval of the plugin
 * @param uptimeCentis sysUpTime in hundredths of a second, where read
 * @param discontinuityAt latest counter discontinuity that the device reported
 * @param enrichmentStale true when the enrichment in use had expired
 * @param agent instance that polled
 */
public record PollHeader(
    String pollId,
    String resourceId,
    String site,
    String resourceClass,
    String subclass,
    String type,
    String endpoint,
    Map<String, String> labels,
    String plugin,
    Optional<String> profile,
    Optional<String> profileHash,
    Instant dueAt,
    Instant startedAt,
    Instant completedAt,
    long intervalMillis,
    OptionalLong uptimeCentis,
    Optional<Instant> discontinuityAt,
    boolean enrichmentStale,
    String agent) {}
