package io.argos.runtime.agent;

import io.argos.config.AgentConfig;
import io.argos.schemas.topic.Topics;
import java.time.Duration;

/**
 * Which jobs an agent takes, and within which bounds.
 *
 * @param instance name of this instance
 * @param stage stage whose jobs it takes
 * @param zone zone whose jobs it takes
 * @param topics names of the topics
 * @param config bounds
 * @param sessionTimeout how long the group waits for this agent before its partitions go to others
 */
public record AgentSpec(
    String instance,
    String stage,
    String zone,
    Topics topics,
    AgentConfig config,
    Duration sessionTimeout) {

  /** Topic of the jobs. */
  public String jobsTopic() {
    return topics.jobs(stage, zone);
  }

  /** Consumer group of the agents that share these jobs. */
  public String group() {
    return topics.prefix() + "." + stage + "." + zone;
  }

  /**
   * Longest silence of the poll loop after which no job is started: before the group gives the
   * partitions away, with a margin for the detection on its side.
   */
  Duration freshness() {
    return sessionTimeout.multipliedBy(66).dividedBy(100);
  }
}
