package io.argos.runtime.leadership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A candidate's place in the queue of Curator's latch, while it has one. Safe for any thread. */
final class LatchSeat implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LatchSeat.class);

  private final CuratorFramework zooKeeper;
  private final Candidate candidate;
  private final LeaderLatchListener listener;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private @Nullable LeaderLatch latch;

  @GuardedBy("lock")
  private boolean closed;

  LatchSeat(CuratorFramework zooKeeper, Candidate candidate, LeaderLatchListener listener) {
    this.zooKeeper = zooKeeper;
    this.candidate = candidate;
    this.listener = listener;
  }

  /** Stands at the end of the queue, unless it stands in it or is closed. */
  void join() {
    synchronized (lock) {
      if (closed || latch != null) {
        return;
      }
      LeaderLatch joined = new LeaderLatch(zooKeeper, candidate.latchPath(), candidate.instance());
      joined.addListener(listener);
      try {
        joined.start();
        latch = joined;
      } catch (Exception e) {
        // Curator declares Exception; starting fails only on a closed client.
        throw new IllegalStateException("cannot run for the leadership of " + candidate.stage(), e);
      }
    }
  }

  /** Leaves the queue, so that the next in it leads. */
  void leave() {
    LeaderLatch former;
    synchronized (lock) {
      former = latch;
      latch = null;
    }
    if (former != null) {
      try {
        former.close();
      } catch (IOException | IllegalStateException e) {
        log.debug("latch was not closed stage={}", candidate.stage(), e);
      }
    }
  }

  /** The latch node of this candidate while the latch says that it leads. */
  Optional<String> elected() {
    LeaderLatch present;
    synchronized (lock) {
      present = latch;
    }
    return present != null && present.hasLeadership()
        ? Optional.of(present.getLastPathIsLeader())
        : Optional.empty();
  }

  /** Joins no more; it still has to leave. False when it was closed before. */
  boolean shut() {
    synchronized (lock) {
      boolean first = !closed;
      closed = true;
      return first;
    }
  }

  @Override
  public void close() {
    shut();
    leave();
  }
}
