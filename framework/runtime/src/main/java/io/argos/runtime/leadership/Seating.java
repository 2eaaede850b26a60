package io.argos.runtime.leadership;

import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks ZooKeeper whether a term is still what its nodes say. Safe for use by any thread. */
final class Seating {

  private static final Logger log = LoggerFactory.getLogger(Seating.class);

  private final CuratorFramework zooKeeper;
  private final EpochRegister register;
  private final BiConsumer<ProvenTerm, String> depose;

  /**
   * Asks on behalf of a leader.
   *
   * @param depose told of a term that ZooKeeper knows to be over, and why
   */
  Seating(
      CuratorFramework zooKeeper, EpochRegister register, BiConsumer<ProvenTerm, String> depose) {
    this.zooKeeper = zooKeeper;
    this.register = register;
    this.depose = depose;
  }

  /** The session in which ZooKeeper is connected; empty while it is not. */
  OptionalLong session() {
    try {
      return zooKeeper.getZookeeperClient().isConnected()
          ? OptionalLong.of(zooKeeper.getZookeeperClient().getZooKeeper().getSessionId())
          : OptionalLong.empty();
    } catch (Exception e) {
      // Curator declares Exception: the connection was lost between the two calls.
      log.debug("no session", e);
      return OptionalLong.empty();
    }
  }

  /** True while the connection is there in the session that owns the term's latch node. */
  boolean holds(ProvenTerm term) {
    OptionalLong session = session();
    return session.isPresent() && session.getAsLong() == term.seat().session();
  }

  /**
   * Asks, in the background, whether latch node and epoch are still those of the term. The session
   * keeps the order of requests, so the reads see at least what the sync saw.
   */
  void prove(ProvenTerm asked) {
    long askedAt = System.nanoTime();
    try {
      zooKeeper.sync().inBackground().forPath(register.path());
      zooKeeper
          .checkExists()
          .inBackground((_, event) -> {
            if (gone(event.getResultCode(), event.getStat() == null)) {
              depose(asked, "its latch node is gone");
            }
          })
          .forPath(asked.seat().latchPath());
      zooKeeper
          .getData()
          .inBackground((_, event) -> {
            if (gone(event.getResultCode(), false)) {
              depose(asked, "the epoch is gone");
            } else if (event.getResultCode() == KeeperException.Code.OK.intValue()) {
              if (register.parse(event.getData()) == asked.epoch()) {
                asked.proven(askedAt);
              } else {
                depose(asked, "the epoch is another's");
              }
            }
          })
          .forPath(register.path());
    } catch (Exception e) {
      // Curator declares Exception; without an answer the term simply grows stale.
      log.debug("no proof from ZooKeeper", e);
    }
  }

  private static boolean gone(int code, boolean missing) {
    return code == KeeperException.Code.NONODE.intValue()
        || (code == KeeperException.Code.OK.intValue() && missing);
  }

  /** An answer in another session says nothing of the seat: that went with its own. */
  private void depose(ProvenTerm asked, String why) {
    if (!asked.over() && holds(asked)) {
      depose.accept(asked, why);
    }
  }
}
