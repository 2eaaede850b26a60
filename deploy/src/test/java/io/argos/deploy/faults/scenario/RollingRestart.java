package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Every service is restarted, as for a new version. */
record RollingRestart() implements Scenario {
  @Override
  public String name() {
    return "rolling-restart";
  }

  @Override
  public String sentence() {
    return "SIGTERM and a new start of every process of every stage, one after another";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    for (int round = script.times(1, 3); round > 0; round--) {
      List<String> names = new ArrayList<>(FaultCluster.OTHERS);
      names.addAll(cluster.pollers());
      Collections.shuffle(names, script.random());
      for (String name : names) {
        script.say("restarts %s", name);
        cluster.terminate(name);
        cluster.begin(name);
        cluster.awaitReady(name);
      }
    }
  }
}
