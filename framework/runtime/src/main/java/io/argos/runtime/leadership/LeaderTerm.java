package io.argos.runtime.leadership;

/**
 * One term of a leader. Leadership is never exact: whoever works under a term asks it before each
 * portion of work, and marks what it emits with the term's epoch, so that readers can tell it from
 * the work of other terms. Safe for use by any thread.
 */
public interface LeaderTerm {

  /** The epoch of this term, above those of all terms before it. */
  long epoch();

  /**
   * True while ZooKeeper has confirmed this term so recently that nobody else can have been
   * elected. Costs next to nothing.
   */
  boolean fresh();

  /**
   * Like {@link #fresh()}, but asks ZooKeeper when the last answer is too old, as it is after a
   * pause of this process, and waits a moment for the answer.
   */
  boolean mayAct() throws InterruptedException;
}
