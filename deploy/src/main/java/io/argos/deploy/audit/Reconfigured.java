package io.argos.deploy.audit;

import io.argos.runtime.schedule.Timing;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Since when the plugins run as the configuration at hand says: slots before a change of the
 * interval were others, and nobody can tell them from the configuration of today.
 */
final class Reconfigured {
  private final Map<String, Long> intervals = new HashMap<>();
  private final Map<String, Instant> otherUntil = new HashMap<>();

  Reconfigured(PlannedTargets targets) {
    for (PlannedTargets.Planned plugin : targets.plugins()) {
      if (plugin.timing() instanceof Timing.Every(var interval)) {
        intervals.put(name(plugin.stage(), plugin.entry().name()), interval.toMillis());
      }
    }
  }

  void emitted(Job job) {
    String plugin = name(job.getStage(), job.getPlugin());
    Long interval = intervals.get(plugin);
    if (job.getReason() == JobReason.SCHEDULED
        && interval != null
        && interval != job.getIntervalMillis()) {
      otherUntil.merge(plugin, job.getExpireAt(), (one, two) -> one.isAfter(two) ? one : two);
    }
  }

  /** From when on slots of a target can be expected, not before {@code from}. */
  Instant since(PlannedTargets.PlannedTarget target, Instant from) {
    Instant other =
        otherUntil.getOrDefault(name(target.key().stage(), target.key().plugin()), from);
    return other.isAfter(from) ? other : from;
  }

  private static String name(String stage, String plugin) {
    return stage + '|' + plugin;
  }
}
