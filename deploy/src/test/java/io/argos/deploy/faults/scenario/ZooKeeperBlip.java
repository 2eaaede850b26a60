package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.faults.servers.FaultServer;

/** ZooKeeper stands still for less than a session, which is nobody's business. */
record ZooKeeperBlip() implements Scenario {
  /** Four seconds of a minute. */
  private static final int OF_INTERVAL = 15;

  @Override
  public String name() {
    return "zookeeper-blip";
  }

  @Override
  public String sentence() {
    return "ZooKeeper stands still for two thirds of a session: nobody is elected";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    FaultServer zookeeper = cluster.servers().zookeeper();
    for (int time = script.times(2, 10); time > 0; time--) {
      cluster.awaitWhole();
      ServerOutage outage = ServerOutage.begin(script, "zookeeper");
      zookeeper.freeze();
      script.pass(script.timers().interval().dividedBy(OF_INTERVAL));
      zookeeper.thaw();
      outage.over();
      script.pass(script.timers().session());
      outage.checkElections(0);
    }
  }
}
