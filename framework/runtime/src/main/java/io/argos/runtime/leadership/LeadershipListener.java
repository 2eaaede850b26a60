package io.argos.runtime.leadership;

/** Told of the terms of this instance, one call at a time, on the leadership's own thread. */
public interface LeadershipListener {

  /** This instance leads. Must not block for long: the term is confirmed on the same thread. */
  void elected(LeaderTerm term);

  /**
   * The term is over; it has been telling so already. When this returns no work of that term is
   * under way.
   */
  void lost();
}
