package io.argos.polling.ping;

import java.util.Optional;

/** What came of a ping. */
public sealed interface PingAnswer {

  /** The machine answers, to one packet at least. */
  record Answered(PingStatistics statistics) implements PingAnswer {}

  /**
   * The machine does not answer.
   *
   * @param statistics absent when not even a packet could be sent to it
   * @param why what a router or the kernel said; empty when nobody said anything
   */
  record Silent(Optional<PingStatistics> statistics, String why) implements PingAnswer {}

  /** Nothing is known: the fault is here. */
  record NotTried(String why) implements PingAnswer {}
}
