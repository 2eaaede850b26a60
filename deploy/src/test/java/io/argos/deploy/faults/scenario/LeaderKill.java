package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import java.time.Instant;
import java.util.Set;

/** The leader dies without a word. */
record LeaderKill() implements Scenario {
  @Override
  public String name() {
    return "leader-kill";
  }

  @Override
  public String sentence() {
    return "kill -9 of the polling leader, at any moment of the interval";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    for (int kill = script.times(3, 20); kill > 0; kill--) {
      cluster.awaitWhole();
      script.passUpTo(script.timers().interval().dividedBy(script.times(4, 1)));
      String leader = script.leader();
      long epoch = cluster.epoch();
      Set<String> ofOthers = cluster.devicesOfOthers(leader);
      script.say("kills %s, the leader under epoch %d", leader, epoch);
      cluster.kill(leader);
      Instant killedAt = Instant.now();
      cluster.begin(leader);
      cluster.awaitElection(epoch);
      cluster.awaitWork(killedAt);
      script.part(Script.OF_OTHERS, killedAt, ofOthers);
    }
  }
}
