package io.argos.runtime.agent;

import java.util.List;

/**
 * How an agent stands.
 *
 * @param capacity jobs it can run at once
 * @param running jobs that run
 * @param queued jobs that wait to be due or for a permit
 * @param late jobs that are due and were not started
 * @param leaked threads of ended jobs that still run
 * @param partitions partitions that are its own
 * @param epoch highest epoch of a leader that it has seen
 * @param paused true while it holds so many jobs that it takes no more
 * @param blocked true while results cannot be sent and nothing is started
 * @param ranLately jobs that have run to their end within the last minute
 * @param meanRunMillis how long those ran on average, 0 when none did
 * @param quarantined plugins whose jobs are not run, for their leaked threads
 */
public record AgentStatus(
    int capacity,
    int running,
    int queued,
    int late,
    int leaked,
    int partitions,
    long epoch,
    boolean paused,
    boolean blocked,
    int ranLately,
    long meanRunMillis,
    List<String> quarantined) {
  public AgentStatus {
    quarantined = List.copyOf(quarantined);
  }
}
