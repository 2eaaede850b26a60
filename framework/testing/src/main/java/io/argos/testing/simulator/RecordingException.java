package io.argos.testing.simulator;

import java.util.List;

/** A recording that cannot be served. Carries every problem, each with file and line. */
public final class RecordingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  RecordingException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** All problems, never empty. */
  public List<String> problems() {
    return problems;
  }
}
