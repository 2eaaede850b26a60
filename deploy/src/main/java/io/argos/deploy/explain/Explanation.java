package io.argos.deploy.explain;

import java.util.List;
import java.util.Optional;

/**
 * The way of a resource from its claims to its state.
 *
 * @param id the resource
 * @param steps the steps in the order of the way
 */
public record Explanation(String id, List<Step> steps) {
  public Explanation {
    steps = List.copyOf(steps);
  }

  /** The first step that is broken: what comes behind it is mostly its consequence. */
  public Optional<Step> firstBroken() {
    return steps.stream().filter(Step::broken).findFirst();
  }
}
