package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.faults.ledger.Fault;
import io.argos.deploy.faults.servers.FaultServer;

/** The broker dies without a word and is started again with what it has on its disk. */
record BrokerKill() implements Scenario {
  @Override
  public String name() {
    return "broker-kill";
  }

  @Override
  public String sentence() {
    return "kill -9 of the broker, and a new start";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    FaultServer broker = cluster.servers().kafka();
    for (int kill = script.times(1, 5); kill > 0; kill--) {
      cluster.awaitWhole();
      script.passUpTo(script.timers().session());
      ServerOutage outage = ServerOutage.begin(script, Fault.BROKER);
      broker.kill();
      broker.start();
      outage.over();
      outage.awaitResumed();
    }
  }
}
