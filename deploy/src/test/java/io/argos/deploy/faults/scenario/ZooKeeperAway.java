package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.faults.servers.FaultServer;

/** ZooKeeper is dead for an interval. */
record ZooKeeperAway() implements Scenario {
  @Override
  public String name() {
    return "zookeeper-away";
  }

  @Override
  public String sentence() {
    return "ZooKeeper is dead for an interval: one election a stage at most";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    FaultServer zookeeper = cluster.servers().zookeeper();
    for (int time = script.times(1, 3); time > 0; time--) {
      cluster.awaitWhole();
      ServerOutage outage = ServerOutage.begin(script, "zookeeper");
      zookeeper.kill();
      outage.awaitSaid(
          "it is ready without ZooKeeper, and says that it is gone",
          health -> health.ok() && health.of("zookeeper").startsWith("unreachable"));
      script.passUntil(outage.from().plus(script.timers().interval()));
      zookeeper.start();
      outage.over();
      outage.awaitResumed();
      // Whoever else would be elected is by then.
      script.pass(script.timers().session().multipliedBy(2));
      outage.checkElections(1);
    }
  }
}
