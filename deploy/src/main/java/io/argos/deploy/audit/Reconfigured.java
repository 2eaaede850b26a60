package io.argos.deploy.audit;

import io.argos.runtime.schedule.TargetKey;
import io.argos.runtime.schedule.Timing;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Since when the plugins run as the configuration at hand says. Slots before a change of the
 * interval or of the cron times were others, and nobody can tell them from the configuration of
 * today; nor was anything due of a plugin that was not configured yet, which shows in that the log
 * begins with it later. A plugin of which the log says nothing at all is expected throughout.
 */
final class Reconfigured {
  private final Map<String, Timing> timings = new HashMap<>();
  private final Map<String, Instant> otherUntil = new HashMap<>();
  private final Map<String, Instant> traceSince = new HashMap<>();

  Reconfigured(PlannedTargets targets) {
    for (PlannedTargets.Planned plugin : targets.plugins()) {
      timings.put(name(plugin.stage(), plugin.entry().name()), plugin.timing());
    }
  }

  void emitted(Job job, Instant at) {
    String plugin = name(job.getStage(), job.getPlugin());
    traced(plugin, owedSince(job.getReason(), job.getDueAt(), at));
    Timing timing = timings.get(plugin);
    if (job.getReason() == JobReason.SCHEDULED && timing != null && !fits(job, timing)) {
      otherUntil.merge(plugin, job.getExpireAt(), Reconfigured::later);
    }
  }

  /** Whether a job may be one of a timing. */
  private static boolean fits(Job job, Timing timing) {
    return switch (timing) {
      case Timing.Every(var interval) -> interval.toMillis() == job.getIntervalMillis();
      case Timing.Cron _ -> {
        long due = job.getDueAt().toEpochMilli();
        TargetKey key = TargetKey.of(job.getStage(), job.getPlugin(), job.getResourceId());
        yield timing.slotsOf(key).next(due - 1) == due;
      }
    };
  }

  void ended(Outcome outcome) {
    traced(
        name(outcome.getStage(), outcome.getPlugin()),
        owedSince(outcome.getReason(), outcome.getDueAt(), outcome.getStartedAt()));
  }

  /**
   * A slot was owed when it was due. A first job is due when its resource came to be known, which
   * may be before anybody led: slots are owed from when it was dealt with.
   */
  private static Instant owedSince(JobReason reason, Instant dueAt, @Nullable Instant dealtWithAt) {
    return reason == JobReason.SCHEDULED || dealtWithAt == null ? dueAt : later(dueAt, dealtWithAt);
  }

  private void traced(String plugin, Instant dueAt) {
    traceSince.merge(plugin, dueAt, (one, two) -> one.isBefore(two) ? one : two);
  }

  /** From when on slots of a target can be expected, not before {@code from}. */
  Instant since(PlannedTargets.PlannedTarget target, Instant from) {
    String plugin = name(target.key().stage(), target.key().plugin());
    return later(
        from, later(otherUntil.getOrDefault(plugin, from), traceSince.getOrDefault(plugin, from)));
  }

  private static Instant later(Instant one, Instant two) {
    return one.isAfter(two) ? one : two;
  }

  private static String name(String stage, String plugin) {
    return stage + '|' + plugin;
  }
}
