package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.faults.servers.FaultServer;
import java.time.Duration;

/**
 * Redis dies when an agent that was killed has just become ready again: it must have the secrets of
 * all devices by then, also of those that it has not been given yet.
 */
record RedisAfterRestart() implements Scenario {
  @Override
  public String name() {
    return "redis-after-restart";
  }

  @Override
  public String sentence() {
    return "Redis dies as soon as an agent that was killed is ready again: it polls all the same";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    FaultServer redis = cluster.servers().redis();
    cluster.awaitWhole();
    String agent = script.follower();
    script.say("kills %s", agent);
    cluster.kill(agent);
    cluster.begin(agent);
    cluster.awaitReady(agent);
    ServerOutage outage = ServerOutage.begin(script, "redis");
    redis.kill();
    Duration interval = script.timers().interval();
    script.passUntil(outage.from().plus(interval).plus(interval.dividedBy(2)));
    redis.start();
    outage.over();
  }
}
