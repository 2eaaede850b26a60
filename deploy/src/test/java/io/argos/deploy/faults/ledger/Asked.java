package io.argos.deploy.faults.ledger;

import java.time.Instant;

/**
 * A request that reached a device for the polling stage, by the device's own log.
 *
 * @param agent who asked; empty when the port is nobody's that is known
 */
public record Asked(String device, Instant at, String agent) {}
