package io.argos.manager.nodes;

import io.argos.manager.stream.StateReader;
import io.argos.manager.stream.StateWriter;
import io.argos.schemas.Outcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What one execution of a polling job told.
 *
 * @param at when it ended; for a job that never started, when that was said
 * @param jobId the job
 * @param plugin plugin instance of the job
 * @param verdict what it says
 * @param status its status, as the node's record repeats it
 * @param why the same for a reader
 * @param dueAt when the job was due
 * @param intervalMillis interval of the plugin; 0 when it has none
 * @param agent who ran it
 */
record Observation(
    Instant at,
    String jobId,
    String plugin,
    Verdict verdict,
    String status,
    String why,
    Instant dueAt,
    long intervalMillis,
    String agent) {

  /** The order in which observations count, whatever the order in which they arrive. */
  static final Comparator<Observation> IN_TIME =
      Comparator.comparing(Observation::at)
          .thenComparing(Observation::jobId)
          .thenComparing(Observation::agent);

  /** Of two executions of one job the better counts, then the earlier. */
  static final Comparator<Observation> BETTER =
      Comparator.comparing(Observation::verdict).thenComparing(IN_TIME);

  /** What an outcome told; empty when it says nothing of the device. */
  static Optional<Observation> of(Outcome outcome, Instant loggedAt) {
    return Verdict.of(outcome)
        .map(verdict ->
            new Observation(
                endOf(outcome).orElse(loggedAt),
                outcome.getJobId(),
                outcome.getPlugin(),
                verdict,
                outcome.getStatus().name(),
                why(outcome),
                outcome.getDueAt(),
                Math.max(0, outcome.getIntervalMillis()),
                outcome.getAgent()));
  }

  /** When a job ended; empty when it never started. */
  static Optional<Instant> endOf(Outcome outcome) {
    return Optional.ofNullable(outcome.getStartedAt())
        .map(started -> started.plusMillis(outcome.getDurationMillis()));
  }

  static String why(Outcome outcome) {
    if (!outcome.getDetail().isEmpty()) {
      return outcome.getDetail();
    }
    return outcome.getCause();
  }

  void write(StateWriter out) {
    out.number(at.toEpochMilli())
        .text(jobId)
        .text(plugin)
        .text(verdict.name())
        .text(status)
        .text(why)
        .number(dueAt.toEpochMilli())
        .count(intervalMillis)
        .text(agent);
  }

  static Observation read(StateReader in) {
    return new Observation(
        Instant.ofEpochMilli(in.number()),
        in.text(),
        in.text(),
        Verdict.valueOf(in.text()),
        in.text(),
        in.text(),
        Instant.ofEpochMilli(in.number()),
        in.count(),
        in.text());
  }
}
