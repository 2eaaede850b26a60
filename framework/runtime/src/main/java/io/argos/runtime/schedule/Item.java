package io.argos.runtime.schedule;

/** One record that the scheduler is to write. */
sealed interface Item {

  /** The job it is about. */
  Planned planned();

  /** A job for an agent. */
  record Emit(Planned planned) implements Item {}

  /**
   * The outcome of a job that no agent will run.
   *
   * @param cause one of the constants in {@link MissedCause}
   * @param detail the same for a reader
   */
  record Miss(Planned planned, String cause, String detail) implements Item {}
}
