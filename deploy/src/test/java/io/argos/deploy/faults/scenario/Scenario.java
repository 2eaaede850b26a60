package io.argos.deploy.faults.scenario;

/**
 * Harm done to an estate, and the waiting until work goes on. What came of it is found in the
 * ledgers afterwards; a scenario judges nothing but that what it waits for comes to pass.
 */
public interface Scenario {
  /** Stable, lower-case, words joined by hyphens. */
  String name();

  /** What it does, for a reader. */
  String sentence();

  /**
   * Runs it on an estate that is whole. Each harm is done when the one before is recovered from:
   * the promise is about any single failure.
   *
   * @throws AssertionError when what it waits for does not come to pass
   */
  void run(Script script) throws InterruptedException;
}
