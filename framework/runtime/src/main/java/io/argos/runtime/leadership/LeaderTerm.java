package io.argos.runtime.leadership;

import java.time.Duration;

/**
 * One term of a leader. Leadership is never exact: whoever works under a term asks it before each
 * portion of work, and marks what it emits with the term's epoch, so that readers can tell it from
 * the work of other terms. Safe for use by any thread.
 */
public interface LeaderTerm {

  /** The epoch of this term, above those of all terms before it. */
  long epoch();

  /**
   * True while there is a young proof that nobody follows: ZooKeeper has confirmed this term so
   * recently that nobody else can have been elected, or, with ZooKeeper out of reach, nobody has
   * published a higher epoch in the log. Costs next to nothing.
   */
  boolean fresh();

  /**
   * Like {@link #fresh()}, but asks for a proof when the last is too old, as it is after a pause of
   * this process, and waits a moment for the answer.
   */
  boolean mayAct() throws InterruptedException;

  /** For how long this term may still be acted upon should ZooKeeper not be heard again. */
  Duration leaseLeft();
}
