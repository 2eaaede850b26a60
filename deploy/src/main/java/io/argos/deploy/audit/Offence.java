package io.argos.deploy.audit;

import java.time.Instant;

/**
 * A job that did not become what it should have.
 *
 * @param stage its stage
 * @param plugin its plugin instance
 * @param resource its resource; the source in discovery
 * @param dueAt when it was due
 * @param jobId its id
 * @param kind what is wrong
 * @param cause short stable word for why, such as {@code scheduler} or {@code waited}
 * @param detail the same for a reader, empty where nobody said more
 * @param agents who ran it or ended it, separated by commas; empty where nobody did
 */
public record Offence(
    String stage,
    String plugin,
    String resource,
    Instant dueAt,
    String jobId,
    Kind kind,
    String cause,
    String detail,
    String agents) {

  /** What is wrong with a job. */
  public enum Kind {
    /** It was due and was not run. */
    MISSED,
    /** It was run more than once. */
    DOUBLED
  }
}
