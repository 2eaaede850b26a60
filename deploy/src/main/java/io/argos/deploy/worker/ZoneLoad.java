package io.argos.deploy.worker;

/**
 * What the agents of a stage in a zone can do beside what they have to.
 *
 * @param stage the stage
 * @param zone the zone
 * @param ready agents that take jobs
 * @param others agents that take none, the silent ones among them
 * @param capacity jobs that those ready may run at once
 * @param running jobs that they run
 * @param queued jobs that wait to be due or for a permit
 * @param late jobs past their due time and not started
 * @param ranLately jobs that have run to their end within the last minute
 * @param meanRunMillis how long those ran on average; 0 when none did
 * @param duePerSecond slots due each second on average, by configuration and resources; those of
 *     cron schedules are too few to count
 */
public record ZoneLoad(
    String stage,
    String zone,
    int ready,
    int others,
    int capacity,
    int running,
    int queued,
    int late,
    int ranLately,
    double meanRunMillis,
    double duePerSecond) {

  /** Jobs that run at once when every slot is run: Little's law, as the leader reckons it. */
  public double demand() {
    return duePerSecond * meanRunMillis / 1_000;
  }

  /** How many jobs more should run at once than may; 0 when capacity meets the demand. */
  public double shortBy() {
    return ready == 0 ? 0 : Math.max(0, demand() - capacity);
  }

  /** Whether something is due here that nobody takes. */
  public boolean abandoned() {
    return ready == 0 && duePerSecond > 0;
  }
}
