package io.argos.runtime.agent;

import io.argos.schemas.OutcomeStatus;

/** Whether a due job can start, as far as the tables of its stage are concerned. */
public sealed interface Readiness {
  /** It can start. */
  record Ready() implements Readiness {}

  /** Something is not there yet; asked again until the job expires. */
  record Waiting(String reason) implements Readiness {}

  /** It shall not start at all, and this is its outcome. */
  record Refused(OutcomeStatus status, String cause, String detail) implements Readiness {}
}
