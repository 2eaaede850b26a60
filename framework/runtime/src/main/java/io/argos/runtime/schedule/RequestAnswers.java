package io.argos.runtime.schedule;

import io.argos.runtime.leadership.LeaderTerm;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.Request;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * What follows from a request: a job at once for each target it names, or an outcome that says why
 * there is none. Requests consume no slot.
 */
final class RequestAnswers {

  /** Nobody waits any more for the answer to a request of so long ago. */
  private static final Duration STALE = Duration.ofMinutes(10);

  private final String stage;
  private final TargetIndex index;
  private final JobFactory jobs;
  private final JobSink sink;
  private final SchedulerMeters meters;
  private final InstantSource clock;

  RequestAnswers(
      String stage,
      TargetIndex index,
      JobFactory jobs,
      JobSink sink,
      SchedulerMeters meters,
      InstantSource clock) {
    this.stage = stage;
    this.index = index;
    this.jobs = jobs;
    this.sink = sink;
    this.meters = meters;
    this.clock = clock;
  }

  /** Sends the answers to a request; none when it is another stage's. */
  List<Future<?>> to(Request request, LeaderTerm term) {
    if (!request.getStage().equals(stage)) {
      return List.of();
    }
    long now = clock.millis();
    List<Target> targets = targetsOf(request);
    List<Future<?>> acks = new ArrayList<>();
    for (Target target : targets) {
      Planned planned =
          jobs.requested(
              target,
              reasonOf(request),
              request.getRequestId(),
              request.getAt().toEpochMilli(),
              index.next(target.key(), now),
              now);
      if (now - request.getAt().toEpochMilli() > STALE.toMillis()) {
        String detail = "the request of %s waited too long".formatted(request.getRequester());
        meters.missed(MissedCause.STALE_REQUEST);
        acks.add(
            sink.outcome(jobs.missed(planned, MissedCause.STALE_REQUEST, detail, term.epoch())));
      } else {
        meters.emitted(planned.reason());
        acks.add(sink.job(jobs.job(planned, term, now)));
      }
    }
    if (targets.isEmpty()) {
      meters.missed(MissedCause.NO_TARGET);
      acks.add(sink.outcome(noTarget(request, term)));
    }
    return acks;
  }

  private List<Target> targetsOf(Request request) {
    Optional<String> plugin = Optional.ofNullable(request.getPlugin());
    Optional<String> subject = Optional.ofNullable(request.getSubject());
    return index.ofResource(request.getResourceId()).stream()
        .filter(target -> plugin.isEmpty() || target.key().plugin().equals(plugin.get()))
        .filter(target -> subject.isEmpty() || target.key().subject().equals(subject))
        .toList();
  }

  /** Whoever asks may only ask for a retry or force a run. */
  private static JobReason reasonOf(Request request) {
    return request.getReason() == JobReason.RETRY ? JobReason.RETRY : JobReason.FORCED;
  }

  private Outcome noTarget(Request request, LeaderTerm term) {
    String plugin = Optional.ofNullable(request.getPlugin()).orElse("");
    return Outcome.newBuilder()
        .setJobId(JobId.noTarget(stage, request.getRequestId()))
        .setStage(stage)
        .setPlugin(plugin)
        .setResourceId(request.getResourceId())
        .setSubject(request.getSubject())
        .setReason(reasonOf(request))
        .setStatus(OutcomeStatus.MISSED)
        .setCause(MissedCause.NO_TARGET)
        .setDetail(
            "'%s' is no target of %s in %s"
                .formatted(
                    request.getResourceId(), plugin.isEmpty() ? "any plugin" : plugin, stage))
        .setDueAt(request.getAt())
        .setEpoch(term.epoch())
        .setAgent(request.getRequester())
        .build();
  }
}
