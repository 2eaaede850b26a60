package io.argos.profile.format;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Bounds that a make of device needs, in place of the configured ones.
 *
 * @param timeout wait for one answer
 * @param retries repetitions
 * @param maxRepetitions most rows in one GETBULK
 * @param window most requests in flight
 * @param maxRows rows after which a walk is cut
 * @param unordered whether the rows of a walk may come in any order
 */
public record SnmpQuirks(
    Optional<Duration> timeout,
    OptionalInt retries,
    OptionalInt maxRepetitions,
    OptionalInt window,
    OptionalInt maxRows,
    boolean unordered) {}
