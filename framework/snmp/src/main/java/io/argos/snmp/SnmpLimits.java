package io.argos.snmp;

import java.time.Duration;

/**
 * Bounds of an exchange with one device.
 *
 * @param timeout wait for one answer
 * @param retries repetitions of an unanswered request
 * @param maxRepetitions rows asked for in one GETBULK; adapts downwards
 * @param window requests in flight
 * @param maxRows rows after which a walk is cut
 */
public record SnmpLimits(
    Duration timeout, int retries, int maxRepetitions, int window, int maxRows) {}
