package io.argos.deploy.explain;

import io.argos.deploy.explain.Dossier.LoggedOutcome;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which outcome of several tells how a target stands. Pure functions. */
final class OutcomeChoice {
  private OutcomeChoice() {}

  /** The best outcome of the job due last, of those that say something of the device. */
  static Optional<LoggedOutcome> latest(List<LoggedOutcome> outcomes) {
    Comparator<LoggedOutcome> order =
        Comparator.<LoggedOutcome, java.time.Instant>comparing(one -> one.outcome().getDueAt())
            .thenComparing(one -> one.outcome().getStatus(), Comparator.reverseOrder());
    return outcomes.stream()
        .filter(one -> says(one.outcome().getStatus()))
        .max(order)
        .or(() -> outcomes.stream().max(order));
  }

  private static boolean says(OutcomeStatus status) {
    return switch (status) {
      case OK, FAILED, TIMEOUT, EXPIRED, QUARANTINED, MISSED -> true;
      case UNKNOWN, FENCED, DUPLICATE, SUPERSEDED -> false;
    };
  }

  /** Whether it is one that a person should act on. */
  static boolean bad(Outcome outcome) {
    return switch (outcome.getStatus()) {
      case FAILED, TIMEOUT, EXPIRED, QUARANTINED, MISSED -> true;
      case OK, UNKNOWN, FENCED, DUPLICATE, SUPERSEDED -> false;
    };
  }

  static String described(Outcome outcome, Moments moments) {
    StringBuilder text = new StringBuilder(outcome.getStatus().name());
    if (!outcome.getCause().isEmpty()) {
      text.append(' ').append(outcome.getCause()).append(": ").append(outcome.getDetail());
    }
    text.append("; due ").append(moments.of(outcome.getDueAt()));
    if (outcome.getStartedAt() == null) {
      text.append(", never started");
    } else {
      Duration late = Duration.between(outcome.getDueAt(), outcome.getStartedAt());
      text.append(", started ")
          .append(Moments.exact(late))
          .append(late.isNegative() ? " early" : " late")
          .append(", took ")
          .append(Moments.exact(Duration.ofMillis(outcome.getDurationMillis())));
    }
    return text.append(", told by ").append(outcome.getAgent()).toString();
  }
}
