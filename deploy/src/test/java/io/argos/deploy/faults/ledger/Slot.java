package io.argos.deploy.faults.ledger;

import java.time.Instant;

/** A device had to be polled then. */
public record Slot(String device, Instant dueAt) {}
