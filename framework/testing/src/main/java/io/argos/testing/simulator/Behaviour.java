package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;
import java.time.Duration;

/**
 * A peculiarity of a device. Any number of them go together. Where one says {@code every}, it
 * concerns each such reply, the first being the one of that number.
 */
public sealed interface Behaviour {
  /** Each reply takes its time. */
  record Slow(Duration delay) implements Behaviour {}

  /** Never answers; requests are still logged. */
  record Dead() implements Behaviour {}

  /** A share (0 to 1) of the requests is lost, the same ones for a seed. */
  record Lossy(double share, long seed) implements Behaviour {}

  /**
   * Restarts: sysUpTime falls and counters begin anew.
   *
   * @param after time from the simulator's start to the first restart
   * @param every time between restarts; zero for only one
   * @param downFor silence while it restarts
   */
  record Reboots(Duration after, Duration every, Duration downFor) implements Behaviour {}

  /** At each restart, interfaces get the ifIndex of another. */
  record ShufflesIfIndex() implements Behaviour {}

  /** The reply carries a request id that was not asked. */
  record WrongRequestIds(int every) implements Behaviour {}

  /** The reply comes twice. */
  record Duplicates(int every) implements Behaviour {}

  /** The reply ends in the middle. */
  record CutShort(int every) implements Behaviour {}

  /** The reply is noise. */
  record Garbage(int every) implements Behaviour {}

  /** Requests for more than so many bindings are tooBig. */
  record TooBig(int maxVarbinds) implements Behaviour {}

  /** A walk of the column leads from a certain row back to the first one. */
  record Loops(ObjectId column, int rows) implements Behaviour {}

  /** A walk of the column never ends. */
  record Endless(ObjectId column) implements Behaviour {}
}
