package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.faults.servers.FaultServer;
import java.time.Duration;

/** Redis is dead for longer than secrets are fresh: those in the agents' memory must do. */
record RedisAway() implements Scenario {
  @Override
  public String name() {
    return "redis-away";
  }

  @Override
  public String sentence() {
    return "Redis is dead for ten minutes, 15 s in the short form: polls go on";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    FaultServer redis = cluster.servers().redis();
    cluster.awaitWhole();
    ServerOutage outage = ServerOutage.begin(script, "redis");
    redis.kill();
    outage.awaitSaid(
        "it is ready without Redis, and says that it is gone",
        health -> health.ok() && health.of("redis").startsWith("unreachable"));
    script.passUntil(outage.from().plus(Duration.ofSeconds(script.times(15, 600))));
    redis.start();
    outage.over();
    outage.awaitSaid(
        "it says that Redis is back", health -> health.ok() && health.of("redis").equals("ok"));
  }
}
