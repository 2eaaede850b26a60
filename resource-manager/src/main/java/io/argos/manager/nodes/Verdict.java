package io.argos.manager.nodes;

import io.argos.schemas.Outcome;
import java.util.Optional;
import java.util.Set;

/** What an outcome of a poll says of its device, best first. */
enum Verdict {
  /** It answered all that it was asked. */
  SUCCESS,
  /** It is there, and something is missing; or we failed in a way that says nothing of it. */
  PARTIAL,
  /** It could not be reached. */
  FAILURE,
  /** Our own side did not poll. */
  NOT_POLLED;

  /** Codes of the polling status that say that the device could not be reached. */
  private static final Set<Integer> OUT_OF_REACH = Set.of(1, 2, 3, 7);

  /** Words for the cause that say the same where no code was given. */
  private static final Set<String> OUT_OF_REACH_CAUSES =
      Set.of("authentication", "network", "no-answer", "timeout", "ping");

  /** The verdict of an outcome; empty when it says nothing, as a duplicate or a fenced job. */
  static Optional<Verdict> of(Outcome outcome) {
    return switch (outcome.getStatus()) {
      case OK -> Optional.of(ofCode(outcome, SUCCESS));
      case FAILED ->
          Optional.of(
              ofCode(
                  outcome, OUT_OF_REACH_CAUSES.contains(outcome.getCause()) ? FAILURE : PARTIAL));
      case TIMEOUT -> Optional.of(ofCode(outcome, FAILURE));
      case EXPIRED, MISSED, QUARANTINED -> Optional.of(NOT_POLLED);
      case FENCED, DUPLICATE, SUPERSEDED, UNKNOWN -> Optional.empty();
    };
  }

  private static Verdict ofCode(Outcome outcome, Verdict without) {
    Integer code = outcome.getDeviceStatus();
    if (code == null) {
      return without;
    }
    if (code == 0) {
      return SUCCESS;
    }
    return OUT_OF_REACH.contains(code) ? FAILURE : PARTIAL;
  }
}
