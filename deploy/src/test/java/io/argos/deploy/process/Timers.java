package io.argos.deploy.process;

import java.time.Duration;

/**
 * The timers of an estate. Those of tests are compressed by one factor, from the interval down to
 * the sessions, since a timer that alone is shorter shows what no estate shows.
 *
 * @param interval time between the polls of a device
 * @param timeout what a poll may take
 * @param lookahead how long before it is due a job is emitted
 * @param session of ZooKeeper
 * @param groupSession of the agents' group
 * @param firstSpread longest spread of first jobs
 * @param agentSilence silence of all agents after which a zone counts as without one
 */
public record Timers(
    Duration interval,
    Duration timeout,
    Duration lookahead,
    Duration session,
    Duration groupSession,
    Duration firstSpread,
    Duration agentSilence) {
  /** As an estate that polls each minute has them. */
  public static final Timers REAL =
      new Timers(
          Duration.ofSeconds(60),
          Duration.ofSeconds(48),
          Duration.ofSeconds(30),
          Duration.ofSeconds(6),
          Duration.ofSeconds(6),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15));

  /** A sixth of them; heartbeats are not compressed, so that the silence is not either. */
  public static final Timers COMPRESSED =
      new Timers(
          Duration.ofSeconds(10),
          Duration.ofSeconds(8),
          Duration.ofSeconds(5),
          // Kafka's and ZooKeeper's servers are asked for no less.
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10));

  /** These with another session of the agents' group. */
  public Timers withGroupSession(Duration other) {
    return new Timers(interval, timeout, lookahead, session, other, firstSpread, agentSilence);
  }
}
