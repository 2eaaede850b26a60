package io.argos.deploy.faults;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.faults.scenario.Scenario;
import io.argos.deploy.process.Timers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What is to be run.
 *
 * @param scenarios one after another; the only one has the seed itself, several have seeds drawn
 *     from it
 * @param repeating zero to run each once; otherwise they are drawn at random for that time
 * @param whole false for the short form that CI runs
 */
record FaultPlan(
    List<Scenario> scenarios, long seed, Duration repeating, boolean whole, Timers timers) {
  FaultPlan {
    scenarios = List.copyOf(scenarios);
  }

  /** Runs it on an estate of its own, with everything in the folder. */
  List<Verdict> run(Path folder, Consumer<String> teller) throws InterruptedException {
    long begun = System.nanoTime();
    Consumer<String> timed =
        line -> teller.accept("%6.1f s  %s".formatted((System.nanoTime() - begun) / 1e9, line));
    timed.accept("seed=%d, logs in %s".formatted(seed, folder));
    try (FaultCluster cluster = FaultCluster.start(folder, timers)) {
      timed.accept("the estate is up and each device is polled");
      FaultRun run = new FaultRun(cluster, whole && repeating.isZero(), timed);
      if (repeating.isZero()) {
        each(run);
      } else {
        drawn(run);
      }
      return run.end(seed);
    }
  }

  private void each(FaultRun run) throws InterruptedException {
    Random seeds = new Random(seed);
    for (Scenario scenario : scenarios) {
      long own = seeds.nextLong(1_000_000_000);
      if (!run.run(scenario, scenarios.size() == 1 ? seed : own)) {
        return;
      }
    }
  }

  private void drawn(FaultRun run) throws InterruptedException {
    Random seeds = new Random(seed);
    long end = System.nanoTime() + repeating.toNanos();
    while (System.nanoTime() - end < 0) {
      Scenario scenario = scenarios.get(seeds.nextInt(scenarios.size()));
      if (!run.run(scenario, seeds.nextLong(1_000_000_000))) {
        return;
      }
    }
  }
}
