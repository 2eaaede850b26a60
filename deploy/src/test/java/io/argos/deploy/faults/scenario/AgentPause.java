package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import java.time.Duration;
import java.time.Instant;

/** An agent stands still until others have its partitions, and comes back with its jobs in hand. */
record AgentPause() implements Scenario {
  @Override
  public String name() {
    return "agent-pause";
  }

  @Override
  public String sentence() {
    return "SIGSTOP of a polling agent for half an interval, then SIGCONT";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    Duration pause = script.timers().interval().dividedBy(2);
    for (int count = script.times(1, 10); count > 0; count--) {
      String agent = script.follower();
      script.passUpTo(script.timers().groupSession());
      script.say("freezes %s for %d s", agent, pause.toSeconds());
      cluster.freeze(agent);
      Instant frozenAt = Instant.now();
      script.pass(pause);
      cluster.thaw(agent);
      Instant thawedAt = Instant.now();
      cluster.awaitMembership(agent, thawedAt);
      cluster.awaitWork(frozenAt.plus(pause));
    }
  }
}
