package io.argos.runtime.leadership;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which a leadership changes its state. Work that fails is logged, and what is
 * done time and again goes on; work that comes after the close is left undone.
 */
final class StageThread implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StageThread.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final String stage;
  private final ScheduledThreadPoolExecutor executor;

  StageThread(String stage) {
    this.stage = stage;
    this.executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name(stage + "-leadership").daemon().factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
  }

  /** Does it as soon as what came before is done. Never blocks. */
  void submit(Runnable work) {
    later(Duration.ZERO, work);
  }

  /** Does it after that time. Never blocks. */
  void later(Duration delay, Runnable work) {
    try {
      if (delay.isZero()) {
        executor.execute(() -> attempt(work));
      } else {
        executor.schedule(() -> attempt(work), delay.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (RejectedExecutionException e) {
      log.debug("closed already stage={}", stage);
    }
  }

  /** Does it time and again, for the first time after one period. */
  void every(Duration period, Runnable work) {
    long millis = Math.max(1, period.toMillis());
    executor.scheduleAtFixedRate(() -> attempt(work), millis, millis, TimeUnit.MILLISECONDS);
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      // What is done time and again would be done no more.
      log.error("leadership failed at a change of state stage={}", stage, e);
    }
  }

  /** Ends what was submitted before, within a few seconds, and drops what was to come later. */
  @Override
  public void close() {
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
  }
}
