package io.argos.deploy.faults;

import io.argos.deploy.faults.cluster.FaultCluster;
import io.argos.deploy.faults.ledger.Figures;
import io.argos.deploy.faults.ledger.Ledger;
import io.argos.deploy.faults.ledger.Rules;
import io.argos.deploy.faults.ledger.Violation;
import io.argos.deploy.faults.ledger.Window;
import io.argos.deploy.faults.scenario.Scenario;
import io.argos.deploy.faults.scenario.Script;
import io.argos.deploy.process.Timers;
import io.argos.deploy.process.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Scenarios one after another on one estate. Each is judged by what was due while it ran, when all
 * of that has been polled or had its time, while the next one runs already; and the whole run at
 * its end. For one thread.
 */
final class FaultRun {
  private static final String WHOLE_RUN = "whole-run";
  private static final int STORIES = 5;

  private record Pending(String scenario, long seed, Window window, List<Script.Part> parts) {}

  private final FaultCluster cluster;
  private final boolean whole;
  private final Consumer<String> teller;
  private final Rules rules;
  private final Timers timers;
  private final List<Pending> pending = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();

  /**
   * A run on an estate.
   *
   * @param whole false for the short form that CI runs
   * @param teller takes lines for who watches
   */
  FaultRun(FaultCluster cluster, boolean whole, Consumer<String> teller) {
    this.cluster = cluster;
    this.whole = whole;
    this.teller = teller;
    this.timers = cluster.timers();
    this.rules = Rules.of(timers);
  }

  /**
   * Runs a scenario; what is ripe is judged.
   *
   * @return false when it could not be run to its end, so that the estate is not fit for another
   */
  boolean run(Scenario scenario, long seed) throws InterruptedException {
    teller.accept("%s: %s (seed %d)".formatted(scenario.name(), scenario.sentence(), seed));
    Instant from = Instant.now();
    Script script = new Script(cluster, new Random(seed), whole, teller);
    String broken = "";
    try {
      scenario.run(script);
      cluster.awaitWhole();
    } catch (AssertionError | RuntimeException e) {
      broken = e.toString();
    }
    Window window = new Window(from, Instant.now());
    if (!broken.isEmpty()) {
      Violation violation = new Violation("script", "", window.to(), broken);
      verdict(
          new Verdict(scenario.name(), seed, nothing(), Map.of(), 0, List.of(violation)),
          cluster.ledger());
      return false;
    }
    pending.add(new Pending(scenario.name(), seed, window, script.parts()));
    judge(false);
    return true;
  }

  /** Waits until all is ripe, and judges the whole. */
  List<Verdict> end(long seed) throws InterruptedException {
    Window window = new Window(cluster.begun(), Instant.now());
    Instant latest = window.to().plus(timers.interval()).plus(timers.timeout());
    while (!cluster.ledger().ripe(window) && Instant.now().isBefore(latest)) {
      Waiting.pass(Duration.ofMillis(500));
    }
    judge(true);
    Ledger ledger = cluster.ledger();
    List<Violation> violations = new ArrayList<>(rules.check(ledger, window));
    cluster
        .endedByThemselves()
        .forEach(agent ->
            violations.add(
                new Violation("process-ended", "", window.to(), agent + " ended by itself")));
    verdict(
        new Verdict(
            WHOLE_RUN,
            seed,
            rules.slots().figures(ledger, window, _ -> true),
            Map.of(),
            ledger.electionsIn(window),
            violations),
        ledger);
    return List.copyOf(verdicts);
  }

  private void judge(boolean all) throws InterruptedException {
    if (pending.isEmpty()) {
      return;
    }
    Ledger ledger = cluster.ledger();
    Instant now = Instant.now();
    List<Pending> ripe =
        pending.stream()
            .filter(one ->
                all
                    || now.isAfter(one.window().to().plus(timers.interval()).plus(timers.timeout()))
                    || ledger.ripe(one.window()))
            .toList();
    for (Pending one : ripe) {
      pending.remove(one);
      Map<String, Figures> parts = new LinkedHashMap<>();
      one.parts()
          .forEach(part ->
              parts.merge(
                  part.name(),
                  rules.slots().figures(ledger, part.window(), part.devices()::contains),
                  Figures::plus));
      verdict(
          new Verdict(
              one.scenario(),
              one.seed(),
              rules.slots().figures(ledger, one.window(), _ -> true),
              parts,
              ledger.electionsIn(one.window()),
              rules.check(ledger, one.window())),
          ledger);
    }
  }

  private void verdict(Verdict verdict, Ledger ledger) {
    verdicts.add(verdict);
    teller.accept(verdict.line());
    verdict.violations().forEach(violation -> teller.accept("  " + violation));
    verdict.violations().stream()
        .filter(violation -> !violation.device().isEmpty())
        .limit(STORIES)
        .forEach(violation -> {
          teller.accept("  what is known of " + violation.device() + ":");
          ledger
              .story(violation.device(), violation.at(), timers.interval())
              .forEach(line -> teller.accept("    " + line));
        });
  }

  private static Figures nothing() {
    return new Figures(0, 0, 0, List.of());
  }
}
