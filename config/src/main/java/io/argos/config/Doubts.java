package io.argos.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a configuration is valid and yet weakens the promise that a single failure costs no poll.
 * Told as a warning by each service when it starts, by {@code config check} and by {@code doctor}.
 */
public final class Doubts {
  /** What an election and the first jobs after it may take, beyond the sessions. */
  private static final Duration TAKEOVER = Duration.ofSeconds(1);

  /** Agents say every five seconds that they are there: one lost word is no silence. */
  private static final Duration TWO_HEARTBEATS = Duration.ofSeconds(10);

  /** As long as jobs are kept in their topics. */
  private static final Duration JOBS_KEPT = Duration.ofHours(1);

  private Doubts() {}

  /** Sentences that name the keys; none when there is nothing to say. */
  public static List<String> of(ArgosConfig config) {
    List<String> doubts = new ArrayList<>();
    Duration leader = config.zookeeper().sessionTimeout();
    Duration agent = config.kafka().sessionTimeout();
    Duration lookahead = config.schedule().lookahead();
    Duration needed = leader.plus(agent).plus(TAKEOVER);
    if (lookahead.compareTo(needed) < 0) {
      doubts.add(
          "schedule.lookahead of %s is shorter than zookeeper.session-timeout, kafka.session-timeout and a second, %s: where a leader dies that is an agent as well, polls may come late"
              .formatted(Durations.format(lookahead), Durations.format(needed)));
    }
    if (lookahead.compareTo(JOBS_KEPT) >= 0) {
      doubts.add(
          "schedule.lookahead of %s is as long as jobs are kept: they may be gone before they are due"
              .formatted(Durations.format(lookahead)));
    }
    if (config.schedule().lease().compareTo(leader) < 0) {
      doubts.add(
          "schedule.lease of %s is shorter than zookeeper.session-timeout: no leader outlasts an outage of ZooKeeper"
              .formatted(Durations.format(config.schedule().lease())));
    }
    if (config.schedule().agentSilence().compareTo(TWO_HEARTBEATS) < 0) {
      doubts.add(
          "schedule.agent-silence of %s is shorter than two heartbeats of 5s: slots may be told as missed that an agent runs"
              .formatted(Durations.format(config.schedule().agentSilence())));
    }
    String acks = config.kafka().properties().getOrDefault("acks", "all");
    if (!acks.equals("all") && !acks.equals("-1")) {
      doubts.add(
          "kafka.properties.acks is %s: what a broker acknowledged may be lost with it"
              .formatted(acks));
    }
    if (config.kafka().properties().getOrDefault("enable.idempotence", "true").equals("false")) {
      doubts.add(
          "kafka.properties.enable.idempotence is false: records may come twice or out of order");
    }
    return List.copyOf(doubts);
  }
}
