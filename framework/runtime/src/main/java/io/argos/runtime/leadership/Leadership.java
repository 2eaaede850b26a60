package io.argos.runtime.leadership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.zookeeper.KeeperException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs for the leadership of a stage, and keeps the term proven while it lasts.
 *
 * <p>Curator's latch elects; an epoch is then taken in one transaction with a check of the latch
 * node. While the term lasts ZooKeeper is asked several times a session whether latch node and
 * epoch are still this leader's. The client must use the session error policy, or every short loss
 * of the connection elects somebody new.
 */
public final class Leadership implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Leadership.class);

  /** Part of the session for which a proof lasts, so that it is over before ZooKeeper elects. */
  private static final int FRESH_PERCENT = 66;

  private static final int PROOFS_PER_SESSION = 6;
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final CuratorFramework zooKeeper;
  private final String latchPath;
  private final String stage;
  private final String instance;
  private final Duration session;
  private final EpochRegister register;
  private final LeadershipListener listener;
  private final ScheduledThreadPoolExecutor executor;

  private final Object lock = new Object();

  @GuardedBy("lock")
  private @Nullable LeaderLatch latch;

  @GuardedBy("lock")
  private boolean closed;

  private volatile @Nullable ProvenTerm term;

  /** When taking the epoch began to fail; of the executor's thread alone. */
  private OptionalLong failingSince = OptionalLong.empty();

  /**
   * An instance that does not run for the leadership yet.
   *
   * @param zooKeeper a started client
   * @param prefix first part of all paths
   * @param stage the stage to lead
   * @param instance the name of this instance
   * @param session the session timeout of the client
   * @param epochs the epochs in the log
   * @param listener told of every term
   */
  public Leadership(
      CuratorFramework zooKeeper,
      String prefix,
      String stage,
      String instance,
      Duration session,
      EpochLog epochs,
      LeadershipListener listener) {
    this.zooKeeper = zooKeeper;
    this.latchPath = "/" + prefix + "/" + stage + "/leader";
    this.stage = stage;
    this.instance = instance;
    this.session = session;
    this.register = new EpochRegister(zooKeeper, prefix, stage, epochs);
    this.listener = listener;
    this.executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name(stage + "-leadership").daemon().factory());
    executor.setRemoveOnCancelPolicy(true);
  }

  /** Joins the queue of those who would lead. Returns at once, also without ZooKeeper. */
  public void start() {
    long period = Math.max(1, session.toMillis() / PROOFS_PER_SESSION);
    executor.scheduleAtFixedRate(this::prove, period, period, TimeUnit.MILLISECONDS);
    join();
  }

  /** The present term, while there is one. */
  public Optional<LeaderTerm> term() {
    ProvenTerm present = term;
    return present == null || present.over() ? Optional.empty() : Optional.of(present);
  }

  /** True while this instance leads, as far as it knows. */
  public boolean leading() {
    return term().isPresent();
  }

  /** Gives the leadership up, and stands at the end of the queue after one session. */
  public void resign(String why) {
    ProvenTerm present = term;
    if (present != null && !present.over()) {
      log.warn("resigning stage={} epoch={} cause={}", stage, present.epoch(), why);
      present.end();
    }
    submit(() -> {
      stepDown();
      leave();
      executor.schedule(this::join, session.toMillis(), TimeUnit.MILLISECONDS);
    });
  }

  /** Stops work first, then leaves, so that the next in the queue leads at once. */
  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
    }
    ProvenTerm present = term;
    if (present != null) {
      present.end();
    }
    submit(this::stepDown);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("work under the leadership is slow to end stage={}", stage);
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
    leave();
  }

  private void join() {
    synchronized (lock) {
      if (closed || latch != null) {
        return;
      }
      LeaderLatch candidate = new LeaderLatch(zooKeeper, latchPath, instance);
      candidate.addListener(
          new LeaderLatchListener() {
            @Override
            public void isLeader() {
              submit(Leadership.this::takeOver);
            }

            @Override
            public void notLeader() {
              // On ZooKeeper's event thread: this must not wait for anything.
              ProvenTerm present = term;
              if (present != null) {
                present.end();
              }
              submit(Leadership.this::stepDown);
            }
          });
      try {
        candidate.start();
        latch = candidate;
      } catch (Exception e) {
        // Curator declares Exception; starting fails only on a closed client.
        throw new IllegalStateException("cannot run for the leadership of " + stage, e);
      }
    }
  }

  private void leave() {
    LeaderLatch former;
    synchronized (lock) {
      former = latch;
      latch = null;
    }
    if (former != null) {
      try {
        former.close();
      } catch (IOException | IllegalStateException e) {
        log.debug("latch was not closed stage={}", stage, e);
      }
    }
  }

  private void takeOver() {
    LeaderLatch elected;
    synchronized (lock) {
      elected = latch;
    }
    if (elected == null || !elected.hasLeadership() || leading()) {
      return;
    }
    stepDown();
    long askedAt = System.nanoTime();
    String node = elected.getLastPathIsLeader();
    try {
      Optional<Long> epoch = register.take(node, instance);
      if (epoch.isEmpty()) {
        return;
      }
      failingSince = OptionalLong.empty();
      Duration fresh = session.multipliedBy(FRESH_PERCENT).dividedBy(100);
      ProvenTerm next =
          new ProvenTerm(epoch.get(), node, fresh, askedAt, () -> submit(this::prove));
      term = next;
      if (!elected.hasLeadership()) {
        next.end();
        term = null;
        return;
      }
      log.info("leading stage={} instance={} epoch={}", stage, instance, next.epoch());
      listener.elected(next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      retry(e);
    }
  }

  /** An elected leader without an epoch helps nobody: after a session somebody else shall try. */
  private void retry(RuntimeException cause) {
    long now = System.nanoTime();
    if (failingSince.isEmpty()) {
      failingSince = OptionalLong.of(now);
      log.warn("elected, but without an epoch yet stage={} cause={}", stage, cause.toString());
    }
    if (now - failingSince.getAsLong() > session.multipliedBy(2).toNanos()) {
      failingSince = OptionalLong.empty();
      resign("no epoch could be taken");
    } else if (!executor.isShutdown()) {
      executor.schedule(this::takeOver, RETRY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void stepDown() {
    ProvenTerm former = term;
    if (former == null || !former.over()) {
      return;
    }
    term = null;
    listener.lost();
    log.info("no longer leading stage={} instance={} epoch={}", stage, instance, former.epoch());
  }

  /**
   * Asks ZooKeeper, in the background, whether latch node and epoch are still those of the term.
   * The session keeps the order of requests, so the reads see at least what the sync saw.
   */
  private void prove() {
    ProvenTerm asked = term;
    if (asked == null || asked.over()) {
      return;
    }
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
          .forPath(asked.latchPath());
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
      log.debug("no proof stage={}", stage, e);
    }
  }

  private static boolean gone(int code, boolean missing) {
    return code == KeeperException.Code.NONODE.intValue()
        || (code == KeeperException.Code.OK.intValue() && missing);
  }

  private void depose(ProvenTerm asked, String why) {
    if (!asked.over()) {
      resign(why);
    }
  }

  private void submit(Runnable work) {
    try {
      executor.execute(() -> {
        try {
          work.run();
        } catch (RuntimeException e) {
          log.error("leadership failed at a change of state stage={}", stage, e);
        }
      });
    } catch (RejectedExecutionException e) {
      log.debug("closed already stage={}", stage);
    }
  }
}
