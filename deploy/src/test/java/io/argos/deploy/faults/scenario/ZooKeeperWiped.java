package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.faults.servers.FaultServer;

/** ZooKeeper comes back without its data: the next epoch must come from the log. */
record ZooKeeperWiped() implements Scenario {
  @Override
  public String name() {
    return "zookeeper-wiped";
  }

  @Override
  public String sentence() {
    return "ZooKeeper is killed, loses its data and comes back: epochs rise all the same";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    FaultServer zookeeper = cluster.servers().zookeeper();
    for (int time = script.times(1, 3); time > 0; time--) {
      cluster.awaitWhole();
      long epoch = cluster.epoch();
      ServerOutage outage = ServerOutage.begin(script, "zookeeper");
      zookeeper.kill();
      zookeeper.wipe();
      zookeeper.start();
      outage.over();
      cluster.awaitElection(epoch);
      script.say("epoch %d follows %d", cluster.epoch(), epoch);
      outage.awaitResumed();
    }
  }
}
