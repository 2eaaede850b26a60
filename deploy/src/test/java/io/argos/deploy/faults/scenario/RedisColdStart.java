package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.faults.servers.FaultServer;
import io.argos.deploy.process.ArgosProcess;
import java.util.List;
import java.util.Set;

/** An agent is started while Redis is dead: without secrets it must leave the work to others. */
record RedisColdStart() implements Scenario {
  private static final String NEWCOMER = "polling-4";

  @Override
  public String name() {
    return "redis-cold-start";
  }

  @Override
  public String sentence() {
    return "a polling agent starts while Redis is dead: it waits, and takes no partitions";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    FaultServer redis = cluster.servers().redis();
    cluster.awaitWhole();
    Set<String> others = cluster.pollers();
    ServerOutage outage = ServerOutage.begin(script, "redis");
    redis.kill();
    cluster.begin(NEWCOMER);
    ArgosProcess newcomer = cluster.process(NEWCOMER);
    newcomer.awaitHealth(
        "it is not ready for want of Redis alone",
        script.timers().interval().multipliedBy(3),
        health ->
            health.status() == 503
                && health.of("redis").startsWith("unreachable")
                && health.of("kafka").equals("ok")
                && health.of("schemas").equals("ok"));
    // It would have joined by then.
    script.pass(script.timers().session().multipliedBy(2));
    List<String> taken = newcomer.lines("partitions assigned");
    if (!taken.isEmpty() || newcomer.ready().ok()) {
      throw new AssertionError("without secrets it is ready or took partitions: " + taken);
    }
    for (String other : others) {
      if (!cluster.process(other).ready().ok()) {
        throw new AssertionError(other + " is not ready: " + cluster.process(other).ready());
      }
    }
    redis.start();
    outage.over();
    cluster.awaitReady(NEWCOMER);
    script.say("%s became ready when Redis was back", NEWCOMER);
    cluster.terminate(NEWCOMER);
  }
}
