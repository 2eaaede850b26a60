package io.argos.deploy.command;

import io.argos.deploy.audit.PlannedTargets.PlannedTarget;
import io.argos.runtime.schedule.JobId;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a run that a person asked for: folds the jobs that answer the request, and
 * their outcomes. A pure function of its input; not safe for threads.
 */
final class ForcedRun {
  private final String requestId;
  private final String refusalId;
  private final SortedMap<String, Answer> answers = new TreeMap<>();
  private @Nullable Outcome refusal;

  /**
   * One job of the run.
   *
   * @param plugin whose job it is
   * @param job the job; empty while the leader has not emitted it
   * @param outcome how it ended; empty while it has not
   */
  record Answer(String plugin, Optional<Job> job, Optional<Outcome> outcome) {
    private Answer with(Job emitted) {
      return new Answer(plugin, Optional.of(emitted), outcome);
    }

    private Answer with(Outcome ended) {
      return new Answer(plugin, job, Optional.of(ended));
    }

    boolean ok() {
      return outcome.filter(ended -> ended.getStatus() == OutcomeStatus.OK).isPresent();
    }
  }

  /**
   * A run that nobody has answered.
   *
   * @param targets the targets whose jobs must come, by what is known here
   */
  ForcedRun(String requestId, String stage, Collection<PlannedTarget> targets) {
    this.requestId = requestId;
    this.refusalId = JobId.noTarget(stage, requestId);
    targets.forEach(target ->
        answers.put(
            JobId.caused(target.key(), JobReason.FORCED, requestId),
            new Answer(target.key().plugin(), Optional.empty(), Optional.empty())));
  }

  /** A job was emitted; others' jobs are passed over. */
  void emitted(Job job) {
    if (requestId.equals(job.getCause())) {
      Answer known =
          answers.getOrDefault(
              job.getJobId(), new Answer(job.getPlugin(), Optional.empty(), Optional.empty()));
      answers.put(job.getJobId(), known.with(job));
    }
  }

  /** A job ended; others' outcomes, and refusals of repeated emissions, are passed over. */
  void ended(Outcome outcome) {
    if (outcome.getJobId().equals(refusalId)) {
      refusal = outcome;
    } else if (outcome.getStatus() != OutcomeStatus.DUPLICATE
        && outcome.getStatus() != OutcomeStatus.FENCED) {
      answers.computeIfPresent(outcome.getJobId(), (_, answer) -> answer.with(outcome));
    }
  }

  /** Why the leader refused the request; empty when it did not. */
  Optional<String> refusal() {
    return Optional.ofNullable(refusal).map(Outcome::getDetail);
  }

  /** Whether nothing more is to come. */
  boolean over() {
    return refusal != null
        || answers.values().stream().allMatch(answer -> answer.outcome().isPresent());
  }

  /** Whether the leader has answered. */
  boolean answered() {
    return refusal != null
        || answers.values().stream()
            .anyMatch(answer -> answer.job().isPresent() || answer.outcome().isPresent());
  }

  /** Whether all that was asked for was run and went well. */
  boolean ok() {
    return refusal == null && answers.values().stream().allMatch(Answer::ok);
  }

  /** Its jobs. */
  List<Answer> answers() {
    return List.copyOf(answers.values());
  }
}
