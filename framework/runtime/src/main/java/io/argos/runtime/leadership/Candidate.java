package io.argos.runtime.leadership;

import java.time.Duration;

/**
 * Who runs for which leadership.
 *
 * @param prefix first part of all paths
 * @param stage the stage to lead
 * @param instance the name of this instance
 * @param session the session timeout of the ZooKeeper client
 * @param lease how long a leader may go on when ZooKeeper is out of reach and nobody follows it
 */
public record Candidate(
    String prefix, String stage, String instance, Duration session, Duration lease) {

  /** Part of the session for which a proof lasts, so that it is over before ZooKeeper elects. */
  private static final int FRESH_PERCENT = 66;

  String latchPath() {
    return "/" + prefix + "/" + stage + "/leader";
  }

  /** How long a proof lasts. */
  Duration fresh() {
    return session.multipliedBy(FRESH_PERCENT).dividedBy(100);
  }
}
