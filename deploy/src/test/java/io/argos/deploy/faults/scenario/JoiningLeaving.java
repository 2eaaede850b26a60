package io.argos.deploy.faults.scenario;

import io.argos.deploy.faults.cluster.FaultCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** Agents come and go, so that partitions move all the time. */
record JoiningLeaving() implements Scenario {
  private static final Duration PACE = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "joining-leaving";
  }

  @Override
  public String sentence() {
    return "every five seconds, a polling agent joins and another one leaves";
  }

  @Override
  public void run(Script script) throws InterruptedException {
    FaultCluster cluster = script.cluster();
    for (int round = script.times(3, 20); round > 0; round--) {
      Instant next = Instant.now().plus(PACE);
      Set<String> present = new TreeSet<>(cluster.pollers());
      String newcomer = newcomer(present);
      cluster.begin(newcomer);
      cluster.awaitReady(newcomer);
      String leaver = script.oneOf(present);
      script.say("%s has joined, %s leaves", newcomer, leaver);
      cluster.terminate(leaver);
      Duration left = Duration.between(Instant.now(), next);
      if (left.isPositive()) {
        script.pass(left);
      }
    }
    cluster.awaitWhole();
    if (cluster.pollers().size() > 3) {
      cluster.terminate("polling-4");
    }
  }

  /** The name that is free. */
  private static String newcomer(Set<String> present) {
    for (int number = 1; ; number++) {
      String name = "polling-" + number;
      if (!present.contains(name)) {
        return name;
      }
    }
  }
}
