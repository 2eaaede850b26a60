package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.process.Waiting;
import java.time.Instant;

/** The leader stands still until it is none any more, and comes back believing that it is. */
record LeaderPause() implements Scenario {
  @Override
  public String name() {
    return "leader-pause";
  }

  @Override
  public String sentence() {
    return "SIGSTOP of the polling leader beyond its session, then SIGCONT";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    for (int pause = script.times(1, 5); pause > 0; pause--) {
      String leader = script.leader();
      long epoch = cluster.epoch();
      script.passUpTo(script.timers().session());
      script.say("freezes %s, the leader under epoch %d", leader, epoch);
      cluster.freeze(leader);
      Instant frozenAt = Instant.now();
      cluster.awaitElection(epoch);
      cluster.awaitWork(frozenAt);
      script.passUpTo(script.timers().session());
      cluster.thaw(leader);
      Instant thawedAt = Instant.now();
      script.say("thaws %s", leader);
      Waiting.until(
          leader + " knows that it leads no more",
          script.timers().interval(),
          () -> !cluster.process(leader).lines("no longer leading stage=polling").isEmpty(),
          () -> "no line that says so");
      cluster.awaitMembership(leader, thawedAt);
      cluster.awaitWork(thawedAt);
      cluster.awaitWhole();
    }
  }
}
