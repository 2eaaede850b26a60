package io.argos.deploy.faults.ledger;

import io.argos.schemas.OutcomeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * An outcome: how one execution of a job ended, or why there was none.
 *
 * @param scheduled whether the job is that of a slot
 * @param ran whether it was started
 * @param startedAt when it was; when the job was due if it was not
 * @param took how long it ran
 * @param partition partition of the outcome, which is that of the job
 */
public record Ended(
    String jobId,
    String device,
    boolean scheduled,
    Instant dueAt,
    long epoch,
    String agent,
    OutcomeStatus status,
    String cause,
    boolean ran,
    Instant startedAt,
    Duration took,
    int partition) {
  private static final Set<OutcomeStatus> POLLED =
      EnumSet.of(OutcomeStatus.OK, OutcomeStatus.FAILED, OutcomeStatus.TIMEOUT);

  /** Ends of the job itself; the others tell of one emission of it among several. */
  private static final Set<OutcomeStatus> GIVEN_UP =
      EnumSet.of(
          OutcomeStatus.EXPIRED,
          OutcomeStatus.SUPERSEDED,
          OutcomeStatus.QUARANTINED,
          OutcomeStatus.MISSED);

  /** Whether it was an execution that came to its end, whatever the device said. */
  public boolean polled() {
    return ran && POLLED.contains(status);
  }

  /** Whether it says that the job was given up. */
  public boolean givenUp() {
    return GIVEN_UP.contains(status);
  }

  Instant endedAt() {
    return startedAt.plus(took);
  }

  /** Whether it ran at a time, as far as clocks tell. */
  boolean covers(Instant time, Duration slack) {
    return ran && !time.isBefore(startedAt.minus(slack)) && !time.isAfter(endedAt().plus(slack));
  }

  @Override
  public String toString() {
    return "%s%s by %s epoch=%d job=%s %s"
        .formatted(
            status,
            cause.isEmpty() ? "" : "(" + cause + ")",
            agent,
            epoch,
            jobId,
            ran ? "started=" + startedAt + " took=" + took.toMillis() + "ms" : "not started");
  }
}
