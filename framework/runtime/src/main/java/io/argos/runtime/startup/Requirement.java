package io.argos.runtime.startup;

import java.util.Optional;

/** Something that must be there before a service may work. */
public interface Requirement {
  /** A short name, such as {@code kafka}. */
  String name();

  /** Where it is expected, for messages; empty when the reason says it. */
  String place();

  /**
   * Looks, within a few seconds.
   *
   * @return why it is not there, in one sentence; nothing when it is
   */
  Optional<String> missing() throws InterruptedException;
}
