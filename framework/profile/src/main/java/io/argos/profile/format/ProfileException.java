package io.argos.profile.format;

import java.util.List;
import java.util.stream.Collectors;

/** One or more profiles are wrong. Carries every problem. */
public final class ProfileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** An exception of all problems, of which there is at least one. */
  public ProfileException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All problems, in the order of files and lines. */
  public List<Problem> problems() {
    return problems;
  }
}
