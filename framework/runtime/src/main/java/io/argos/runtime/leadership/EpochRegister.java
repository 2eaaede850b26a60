package io.argos.runtime.leadership;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The epoch of a stage: a number that only ever rises, in a persistent znode that is changed in one
 * transaction with a check that the new leader's latch node still exists.
 *
 * <p>The number does not come from the latch's sequence, which starts anew when its parent is
 * deleted, nor from the znode alone, which is gone when ZooKeeper's data are: each new epoch is
 * above the znode's and above the highest in the log.
 */
public final class EpochRegister {

  private static final Logger log = LoggerFactory.getLogger(EpochRegister.class);

  /** Another leader changing the znode at the same time is rare, and twice rarer still. */
  private static final int ATTEMPTS = 5;

  private final CuratorFramework zooKeeper;
  private final String path;
  private final String stage;
  private final EpochLog epochs;

  /**
   * The register of one stage.
   *
   * @param zooKeeper a started client
   * @param prefix first part of all paths
   * @param stage the stage
   * @param epochs the epochs in the log
   */
  public EpochRegister(CuratorFramework zooKeeper, String prefix, String stage, EpochLog epochs) {
    this.zooKeeper = zooKeeper;
    this.path = "/" + prefix + "/" + stage + "/epoch";
    this.stage = stage;
    this.epochs = epochs;
  }

  /** Where the znode is. */
  String path() {
    return path;
  }

  /**
   * Takes the next epoch for the leader that owns a latch node, and publishes it to the log.
   *
   * @return the epoch; empty when the latch node is gone, so that this leader is none any more
   * @throws EpochException when ZooKeeper or the log is out of reach
   */
  Optional<Long> take(String latchPath, String leader) throws InterruptedException {
    long logged = epochs.highest(stage);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        Stat stat = new Stat();
        long next = Math.max(read(stat), logged) + 1;
        CuratorOp latchExists = zooKeeper.transactionOp().check().forPath(latchPath);
        CuratorOp epochRises =
            zooKeeper
                .transactionOp()
                .setData()
                .withVersion(stat.getVersion())
                .forPath(path, Long.toString(next).getBytes(StandardCharsets.US_ASCII));
        zooKeeper.transaction().forOperations(latchExists, epochRises);
        epochs.publish(stage, next, leader);
        return Optional.of(next);
      } catch (KeeperException.BadVersionException e) {
        log.debug("epoch changed meanwhile stage={}", stage);
      } catch (KeeperException.NoNodeException e) {
        // Either the latch node or, with ZooKeeper's data wiped this moment, the epoch.
        if (!exists(latchPath)) {
          return Optional.empty();
        }
      } catch (EpochException | InterruptedException e) {
        throw e;
      } catch (Exception e) {
        // Curator declares Exception; what is left are failures of the connection.
        throw new EpochException("the epoch of %s could not be changed".formatted(stage), e);
      }
    }
    throw new EpochException("the epoch of %s kept changing".formatted(stage));
  }

  /** The number in znode data; data that are no number count as none, since the log has one too. */
  long parse(byte[] data) {
    String text = new String(data, StandardCharsets.US_ASCII);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      log.warn("epoch is not a number, taking the log's path={} data={}", path, text);
      return 0;
    }
  }

  private long read(Stat stat) throws Exception {
    if (zooKeeper.checkExists().forPath(path) == null) {
      try {
        zooKeeper
            .create()
            .creatingParentsIfNeeded()
            .withMode(CreateMode.PERSISTENT)
            .forPath(path, "0".getBytes(StandardCharsets.US_ASCII));
      } catch (KeeperException.NodeExistsException e) {
        log.debug("epoch created by another path={}", path);
      }
    }
    return parse(zooKeeper.getData().storingStatIn(stat).forPath(path));
  }

  private boolean exists(String latchPath) {
    try {
      return zooKeeper.checkExists().forPath(latchPath) != null;
    } catch (Exception e) {
      throw new EpochException("ZooKeeper is out of reach", e);
    }
  }
}
