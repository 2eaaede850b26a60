package io.argos.snmp.trap;

import java.net.InetAddress;

/** Takes traps, one at a time, on the receiver's thread. */
@FunctionalInterface
public interface TrapHandler {
  /**
   * Takes a trap. May wait, which fills the receiver's queue.
   *
   * @param trap the trap or inform
   * @param kept to be run, by any thread, once the trap is safe: an inform is then answered. Its
   *     sender repeats it otherwise. Does nothing for a trap
   */
  void received(Trap trap, Runnable kept) throws InterruptedException;

  /**
   * Tells that datagrams were dropped, unread, because there were too many. What they said is not
   * known, nor that they were from whom they say.
   *
   * @param source address that they came from
   * @param count how many since it was last told
   */
  default void lost(InetAddress source, int count) {}

  /** Called again and again while the receiver runs, several times a second. */
  default void idle() throws InterruptedException {}
}
