package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.faults.ledger.Fault;
import io.argos.deploy.faults.servers.FaultServer;
import io.argos.deploy.process.ArgosProcess;

/**
 * The broker's network swallows everything for an interval, while connections seem to stay: nobody
 * is told, and every answer is missing.
 */
record BrokerUnreachable() implements Scenario {
  @Override
  public String name() {
    return "broker-unreachable";
  }

  @Override
  public String sentence() {
    return "the broker is out of reach for an interval, its connections stay open";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    FaultServer broker = cluster.servers().kafka();
    for (int time = script.times(1, 3); time > 0; time--) {
      cluster.awaitWhole();
      ServerOutage outage = ServerOutage.begin(script, Fault.BROKER);
      broker.unreachable();
      outage.awaitSaid(
          "it is not ready without Kafka",
          health -> health.status() == 503 && !health.of("kafka").equals("ok"));
      script.passUntil(outage.from().plus(script.timers().interval()));
      for (String name : cluster.pollers()) {
        ArgosProcess process = cluster.process(name);
        script.say(
            "%s holds %.0f kB of results that nobody has, heap %.0f MB",
            name,
            process.metric("argos_results_unacknowledged_bytes") / 1e3,
            process.metric("jvm_memory_used_bytes{area=\"heap\"") / 1e6);
      }
      broker.reachable();
      outage.over();
      outage.awaitResumed();
      cluster.awaitWhole();
    }
  }
}
