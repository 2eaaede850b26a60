package io.argos.deploy.faults.ledger;

import java.time.Instant;

/**
 * A job as it stands in the topic of jobs.
 *
 * @param scheduled whether it is that of a slot
 * @param appendedAt time of its record
 */
public record Emitted(
    String jobId,
    String device,
    boolean scheduled,
    Instant dueAt,
    long epoch,
    int partition,
    long offset,
    Instant appendedAt) {}
