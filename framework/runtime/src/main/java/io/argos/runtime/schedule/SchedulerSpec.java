package io.argos.runtime.schedule;

import io.argos.config.ScheduleConfig;
import java.time.Duration;

/**
 * Which scheduler this is.
 *
 * @param stage the stage whose jobs it emits
 * @param instance the name of this instance
 * @param config how far ahead and how often
 * @param session the session timeout of the ZooKeeper client
 */
public record SchedulerSpec(
    String stage, String instance, ScheduleConfig config, Duration session) {

  public SchedulerSpec {
    // The heart of the promise: a change of leader must fit into the lookahead.
    if (config.lookahead().compareTo(session) <= 0) {
      throw new IllegalArgumentException(
          "schedule.lookahead %s must be longer than the session of ZooKeeper, %s: within it a new leader is elected"
              .formatted(config.lookahead(), session));
    }
  }
}
