package io.argos.deploy.worker;

import io.argos.schemas.Heartbeat;
import java.time.Duration;
import java.time.Instant;

/**
 * An instance in one stage, as it was when it was heard last.
 *
 * @param said its last heartbeat
 * @param heardAt when the broker had it
 * @param silence how long ago that was, never negative
 * @param standing how it stands
 */
public record Worker(Heartbeat said, Instant heardAt, Duration silence, Standing standing) {

  /** How an instance stands. */
  public enum Standing {
    /** It takes jobs. */
    READY,
    /** It is there and takes none. */
    UNREADY,
    /** It starts none, since its results cannot be sent. */
    BLOCKED,
    /** It has not been heard for so long that it counts as gone. */
    SILENT
  }

  /** Whether it can be counted on. */
  public boolean ready() {
    return standing == Standing.READY;
  }

  /** Whether it leads its stage, as far as is known. */
  public boolean leads() {
    return standing != Standing.SILENT && said.getLeader();
  }
}
