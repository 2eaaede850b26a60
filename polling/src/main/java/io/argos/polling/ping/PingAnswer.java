package io.argos.polling.ping;

import java.util.Optional;

/** What came of a ping. */
public sealed interface PingAnswer {

  /** The machine answers, to one packet at least. */
  record Answered(PingStatistics statistics) implements PingAnswer {}

  /**
   * The machine does not answer.
   *
   * @param statistics absent when it has no address that a packet could be sent to
   * @param why what a router or the kernel said; empty when nobody said anything
   */
  record Silent(Optional<PingStatistics> statistics, String why) implements PingAnswer {}

  /** Nothing is known, since nothing was sent: the fault is here. */
  record NotTried(String why) implements PingAnswer {}
}
