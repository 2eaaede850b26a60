package io.argos.spi;

import java.util.List;

/** A plugin's configuration is wrong. Carries every problem, each a sentence that names its key. */
public final class PluginConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public PluginConfigException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** All problems, never empty. */
  public List<String> problems() {
    return problems;
  }
}
