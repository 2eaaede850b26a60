package io.argos.deploy.command;

import io.argos.config.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Names that exist, so that a wrong one is answered with those that would be right. */
final class Known {

  /** The stages that run jobs. */
  static final List<String> STAGES = List.of("discovery", "enrichment", "polling");

  private Known() {}

  /**
   * Ends the command when a name does not exist.
   *
   * @param what what is named, such as {@code plugin}
   */
  static void check(String what, Optional<String> given, Collection<String> known) {
    check(what, "", given, known);
  }

  /**
   * The same where names exist in one place only.
   *
   * @param where the place, such as {@code " on oslo/edge1"}
   */
  static void check(String what, String where, Optional<String> given, Collection<String> known) {
    if (given.isEmpty() || known.contains(given.get())) {
      return;
    }
    String others =
        Suggestion.nearest(given.get(), known)
            .map(near -> "did you mean " + near + "?")
            .orElseGet(() ->
                known.isEmpty()
                    ? "there is none"
                    : "there are " + String.join(", ", new TreeSet<>(known)));
    throw new CommandFailure(
        ExitCode.NOT_FOUND,
        "there is no %s '%s'%s; %s".formatted(what, given.get(), where, others));
  }
}
