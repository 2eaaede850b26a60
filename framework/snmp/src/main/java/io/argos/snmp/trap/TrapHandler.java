package io.argos.snmp.trap;

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

  /** Called again and again while the receiver runs, several times a second. */
  default void idle() throws InterruptedException {}
}
