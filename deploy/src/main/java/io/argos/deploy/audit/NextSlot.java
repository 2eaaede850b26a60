package io.argos.deploy.audit;

import io.argos.runtime.schedule.TargetKey;
import java.time.Instant;

/**
 * A slot that is yet to come.
 *
 * @param key whose slot it is
 * @param zone zone whose agents will run it
 * @param dueAt when it is due
 * @param state what has become of it already
 */
public record NextSlot(TargetKey key, String zone, Instant dueAt, State state) {

  /** What has become of a slot before it is due. */
  public enum State {
    /** Its job lies with the agents. */
    EMITTED,
    /** Its job is not written yet. */
    PLANNED,
    /** A person has suspended it: no job will be run. */
    SUSPENDED
  }
}
