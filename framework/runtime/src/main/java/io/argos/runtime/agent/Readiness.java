package io.argos.runtime.agent;

import io.argos.schemas.OutcomeStatus;
import java.time.Duration;

/** Whether a due job can start, as far as the tables of its stage are concerned. */
public sealed interface Readiness {
  /** It can start. */
  record Ready() implements Readiness {}

  /** Something is not there yet; asked again until the job expires. */
  record Waiting(String reason) implements Readiness {}

  /**
   * Something is not there, and perhaps never will be: asked again for as long as the patience
   * lasts, counted from the first such answer, and refused after that.
   */
  record Doubtful(String reason, Duration patience, Refused otherwise) implements Readiness {}

  /** It shall not start at all, and this is its outcome. */
  record Refused(OutcomeStatus status, String cause, String detail) implements Readiness {}
}
