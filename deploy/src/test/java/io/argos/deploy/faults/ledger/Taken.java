package io.argos.deploy.faults.ledger;

import java.time.Instant;

/**
 * A leader took an epoch, by the topic of epochs.
 *
 * @param at time of the record
 */
public record Taken(long epoch, String leader, Instant at) {}
