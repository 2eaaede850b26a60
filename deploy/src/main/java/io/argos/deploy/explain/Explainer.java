package io.argos.deploy.explain;

import io.argos.config.ArgosConfig;
import io.argos.deploy.audit.PlannedTargets;
import io.argos.deploy.audit.PlannedTargets.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks the way of a resource: claim, record, zone, then for each plugin filter, slot, job, agent
 * and outcome, and last the state. A pure function of the configuration and a dossier.
 */
public final class Explainer {
  private static final String ENRICHMENT = "enrichment";
  private static final String POLLING = "polling";

  private final ArgosConfig config;
  private final List<Planned> plugins;

  /**
   * What is explained.
   *
   * @param stage only this stage's work; all when empty
   * @param plugin only this plugin's work; all when empty
   */
  public record Scope(Optional<String> stage, Optional<String> plugin) {
    boolean covers(Planned planned) {
      return stage.filter(name -> !name.equals(planned.stage())).isEmpty()
          && plugin.filter(name -> !name.equals(planned.entry().name())).isEmpty();
    }
  }

  /** Explains under a configuration. */
  public Explainer(ArgosConfig config) {
    this.config = config;
    this.plugins = new PlannedTargets(config).plugins();
  }

  /** The way of one resource. */
  public Explanation explain(Dossier dossier, Scope scope) {
    List<Step> steps = new ArrayList<>();
    OriginSteps origin = new OriginSteps(config, dossier);
    steps.add(origin.claim());
    steps.add(origin.resource());
    if (dossier.resource().isEmpty()) {
      return new Explanation(dossier.id(), steps);
    }
    steps.add(origin.zone());
    Dossier.Known known = dossier.resource().get();
    work(ENRICHMENT, dossier, known, scope, steps);
    StateSteps state = new StateSteps(dossier);
    if (of(POLLING, scope).stream()
        .anyMatch(plugin ->
            plugin.entry().kind().equals("snmp") && plugin.filter().test(known.resource()))) {
      steps.add(state.profile(selected(ENRICHMENT, known)));
    }
    work(POLLING, dossier, known, scope, steps);
    if (scope.stage().filter(name -> !name.equals(POLLING)).isEmpty()
        && !selected(POLLING, known)) {
      steps.add(
          Step.broken(
              "filter",
              POLLING,
              "no plugin of polling runs on it",
              "widen the filter of one, or give the resource what it asks for"));
    }
    boolean polled =
        dossier.outcomes().stream().anyMatch(logged -> logged.outcome().getStage().equals(POLLING));
    steps.add(state.state(polled));
    return new Explanation(dossier.id(), steps);
  }

  private List<Planned> of(String stage, Scope scope) {
    return plugins.stream()
        .filter(plugin -> plugin.stage().equals(stage) && scope.covers(plugin))
        .toList();
  }

  private boolean selected(String stage, Dossier.Known known) {
    return plugins.stream()
        .anyMatch(plugin -> plugin.stage().equals(stage) && plugin.filter().test(known.resource()));
  }

  private void work(
      String stage, Dossier dossier, Dossier.Known known, Scope scope, List<Step> steps) {
    String zone = config.zoneOf(known.resource().getSite());
    for (Planned plugin : of(stage, scope)) {
      WorkSteps work = new WorkSteps(dossier, plugin, known);
      steps.add(work.filter());
      if (work.selected()) {
        Optional<Step> suspension = work.suspension();
        suspension.ifPresent(steps::add);
        steps.add(work.slot());
        if (suspension.isEmpty()) {
          steps.add(work.job());
          steps.add(work.agent(zone, config.schedule().agentSilence()));
        }
        steps.add(work.outcome());
      }
    }
  }
}
