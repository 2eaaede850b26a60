package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.process.Simulation;
import io.argos.deploy.process.Waiting;
import io.argos.testing.simulator.Behaviour;
import io.argos.testing.simulator.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An agent dies in the middle of a poll. */
record AgentKill() implements Scenario {
  private static final int SLOW_DEVICES = 10;
  private static final Duration SLOWNESS = Duration.ofMillis(400);

  @Override
  public String name() {
    return "agent-kill";
  }

  @Override
  public String sentence() {
    return "kill -9 of a polling agent while a device is answering it";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    Set<String> slow =
        cluster.simulation().all().stream()
            .limit(SLOW_DEVICES)
            .collect(Collectors.toCollection(TreeSet::new));
    slow.forEach(device -> cluster.simulation().behave(device, new Behaviour.Slow(SLOWNESS)));
    try {
      for (int kill = script.times(3, 20); kill > 0; kill--) {
        cluster.awaitWhole();
        script.passUpTo(script.timers().groupSession());
        Request answered = awaitPoll(script, slow);
        String agent = cluster.pollerThatSent(answered).orElseThrow();
        script.say("kills %s while %s answers it", agent, answered.device());
        cluster.kill(agent);
        Instant killedAt = Instant.now();
        cluster.begin(agent);
        cluster.awaitWork(killedAt);
      }
    } finally {
      slow.forEach(device -> cluster.simulation().behave(device));
    }
  }

  /** Waits until a slow device has been asked a moment ago by an agent that does not lead. */
  private static Request awaitPoll(Script script, Set<String> slow) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    String leader = script.leader();
    Instant from = Instant.now();
    Waiting.until(
        "a slow device is asked by an agent that does not lead",
        script.timers().interval().multipliedBy(3),
        () -> latest(cluster, slow, leader, from).isPresent(),
        () -> "leader " + leader);
    return latest(cluster, slow, leader, from).orElseThrow();
  }

  private static Optional<Request> latest(
      FaultCluster cluster, Set<String> slow, String leader, Instant from) {
    List<Request> requests = cluster.simulation().requests();
    return requests.reversed().stream()
        .takeWhile(request -> request.at().isAfter(from))
        .filter(request -> slow.contains(Simulation.id(request.device())))
        .filter(request ->
            cluster.pollerThatSent(request).filter(name -> !name.equals(leader)).isPresent())
        .findFirst();
  }
}
