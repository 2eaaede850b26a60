package io.argos.runtime.agent;

import io.argos.schemas.OutcomeStatus;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts jobs when they are due, from a platform thread of its own that nothing a job does can hold
 * up. A job that waits holds no thread.
 */
final class Dispatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** Longest sleep, so that a clock that was set is noticed. */
  private static final long LONGEST_SLEEP_MILLIS = 250;

  /** Sleep while jobs are due and may not start. */
  private static final long HELD_UP_SLEEP_MILLIS = 20;

  /** A job whose tables are not there is asked after again: soon at first, then less often. */
  private static final long FIRST_RECHECK_MILLIS = 10;

  private static final long LAST_RECHECK_MILLIS = 250;

  /** Pause after a fault of ours. */
  private static final long FAULT_PAUSE_MILLIS = 100;

  private final JobBoard board;
  private final JobGate gate;
  private final JobRunner runner;
  private final Consumer<HeldJob> start;
  private final Supplier<String> holdUp;
  private final InstantSource clock;
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * A dispatcher that is not started.
   *
   * @param start begins a job that has all its permits, without blocking
   * @param holdUp what all jobs wait for while nothing may be started, empty while they may
   */
  Dispatcher(
      String threadName,
      JobBoard board,
      JobGate gate,
      JobRunner runner,
      Consumer<HeldJob> start,
      Supplier<String> holdUp,
      InstantSource clock) {
    this.board = board;
    this.gate = gate;
    this.runner = runner;
    this.start = start;
    this.holdUp = holdUp;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!stopped) {
        try {
          dispatch();
          boolean may = holdUp.get().isEmpty();
          board.awaitWork(clock.millis(), may ? LONGEST_SLEEP_MILLIS : HELD_UP_SLEEP_MILLIS, may);
        } catch (RuntimeException | Error e) {
          // The edge of the loop: an agent that has partitions and starts nothing would be worse.
          log.error("jobs could not be looked at, trying on", e);
          Thread.sleep(FAULT_PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts all that is due and may start. */
  void dispatch() {
    board.moveDue(clock.millis(), holdUp.get());
    while (holdUp.get().isEmpty()) {
      HeldJob job = board.nextReady(clock.millis());
      if (job == null) {
        return;
      }
      try {
        look(job);
      } catch (RuntimeException | Error e) {
        log.error("job cannot be started job={}", job.job().getJobId(), e);
        board.end(job, OutcomeStatus.FAILED, "internal", e.toString());
      }
    }
  }

  private void look(HeldJob job) {
    if (!gate.ready(job.partition().number())) {
      recheck(job, "tables of its partition");
      return;
    }
    Readiness readiness = gate.check(job.job());
    if (!(readiness instanceof Readiness.Doubtful)) {
      job.doubtedSince = 0;
    }
    switch (readiness) {
      case Readiness.Waiting(var reason) -> recheck(job, reason);
      case Readiness.Doubtful(var reason, var patience, var otherwise) -> {
        long now = clock.millis();
        if (job.doubtedSince == 0) {
          job.doubtedSince = now;
        }
        if (now - job.doubtedSince < patience.toMillis()) {
          recheck(job, reason);
        } else {
          board.end(job, otherwise.status(), otherwise.cause(), otherwise.detail());
        }
      }
      case Readiness.Refused(var status, var cause, var detail) ->
          board.end(job, status, cause, detail);
      case Readiness.Ready _ -> {
        if (board.claim(job, runner.permitClass(job.job()))) {
          start.accept(job);
        }
      }
    }
  }

  private void recheck(HeldJob job, String reason) {
    long after = Math.min(FIRST_RECHECK_MILLIS << Math.min(job.looks++, 6), LAST_RECHECK_MILLIS);
    board.later(job, clock.millis() + after, reason);
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
  }
}
