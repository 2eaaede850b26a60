package io.argos.deploy.faults.ledger;

import java.time.Instant;

/**
 * What was done to the estate.
 *
 * @param subject the agent or the server to which it was done
 * @param to when it was over; the same as {@code from} where nothing lasts
 */
public record Fault(Kind kind, String subject, Instant from, Instant to) {
  /** The subject of what is done to the broker. */
  public static final String BROKER = "kafka";

  /** What can be done. */
  public enum Kind {
    /** SIGKILL to a process. */
    KILLED,
    /** SIGSTOP to a process, and SIGCONT. */
    FROZEN,
    /** SIGTERM to a process. */
    TERMINATED,
    /** A server was dead, out of reach or empty, which concerns every agent. */
    SERVER,
    /** Devices did not answer. */
    DEVICES
  }

  /** Whether an agent may have lost its partitions by this without knowing at once. */
  boolean deceives(String agent) {
    return switch (kind) {
      case FROZEN -> subject.equals(agent);
      case SERVER -> true;
      case KILLED, TERMINATED, DEVICES -> false;
    };
  }
}
