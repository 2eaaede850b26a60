package io.argos.deploy.doctor;

import java.util.List;
import java.util.Set;

/**
 * One look at an installation.
 *
 * @param group what it is about
 * @param name what is looked at
 * @param needs servers without which there is nothing to look at, by name of their check
 * @param look the look itself
 */
record Check(String group, String name, Set<String> needs, Look look) {
  Check {
    needs = Set.copyOf(needs);
  }

  /** Looks; whatever it throws is a failure of this check alone. */
  @FunctionalInterface
  interface Look {
    List<Result> look() throws Exception;
  }
}
