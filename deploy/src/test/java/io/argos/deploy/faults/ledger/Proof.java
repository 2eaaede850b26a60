package io.argos.deploy.faults.ledger;

import java.time.Instant;

/** The group told an agent that it is a member, by the agent's own log. */
public record Proof(String agent, Instant at) {}
