package io.argos.runtime.agent;

import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.spi.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution of a job on a virtual thread of its own: it ends exactly once, by itself or because
 * it is given up for leaked, gives its permits back then, and writes its outcome when all its
 * results are acknowledged.
 */
final class Execution implements JobSession, Watchdog.Watched {
  private static final Logger log = LoggerFactory.getLogger(Execution.class);

  /** How long a job that must not begin is put off. */
  private static final long PUT_OFF_MILLIS = 50;

  /**
   * What all executions of an agent share.
   *
   * @param quarantine keeps the jobs of plugins that leak threads from running
   * @param mayStart false while the agent cannot be sure of its partitions
   */
  record Surroundings(
      String agent,
      JobRunner runner,
      JobBoard board,
      ResultProducer results,
      OutcomeWriter outcomes,
      Watchdog watchdog,
      Quarantine quarantine,
      AgentMeters meters,
      BooleanSupplier mayStart,
      InstantSource clock) {}

  private final Surroundings around;
  private final HeldJob held;
  private final Job job;
  private final PendingResults pending = new PendingResults();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final long startedNanos;
  private final Run run;
  private volatile @Nullable Thread thread;
  private volatile Watchdog.@Nullable Deadline deadline;
  private volatile boolean overdue;
  private volatile Quarantine.Admission admission = Quarantine.Admission.FREE;
  private volatile String cancelled = "";

  Execution(Surroundings around, HeldJob held) {
    this.around = around;
    this.held = held;
    this.job = held.job();
    Instant now = around.clock().instant();
    this.startedNanos = System.nanoTime();
    this.run =
        new Run(
            job.getJobId(),
            job.getDueAt(),
            now,
            now.plusMillis(job.getTimeoutMillis()),
            Duration.ofMillis(job.getIntervalMillis()));
  }

  /** Runs the job to its end, on the thread of the caller. */
  void execute() {
    // Between the decision to start and this line the process may have been stopped for long.
    if (!around.mayStart().getAsBoolean() || !held.partition().owned()) {
      around.board().unclaimed(held, run.startedAt().toEpochMilli() + PUT_OFF_MILLIS);
      return;
    }
    admission = around.quarantine().admission(job.getPlugin());
    if (admission == Quarantine.Admission.REFUSED) {
      quarantined();
      return;
    }
    finish(work());
  }

  private void quarantined() {
    around.board().finished(held);
    around.meters().ended(OutcomeStatus.QUARANTINED);
    around
        .outcomes()
        .write(
            OutcomeRecords.notRun(
                job,
                OutcomeStatus.QUARANTINED,
                "leaks",
                around.quarantine().why(job.getPlugin()),
                around.agent()),
            () -> held.partition().closed(held.offset()));
  }

  private JobEnd work() {
    try {
      thread = Thread.currentThread();
      deadline =
          around
              .watchdog()
              .watch(this, startedNanos + Duration.ofMillis(job.getTimeoutMillis()).toNanos());
      held.partition().add(this);
      around.meters().started(Duration.between(job.getDueAt(), run.startedAt()));
      JobEnd end = around.runner().run(job, this);
      // Many a library makes a failure of the interrupt.
      return cancelled.isEmpty() || end.status() == OutcomeStatus.OK ? end : interrupted();
    } catch (InterruptedException e) {
      return interrupted();
    } catch (VirtualMachineError e) {
      log.error("job broke the machine job={} plugin={}", job.getJobId(), job.getPlugin(), e);
      return JobEnd.failed("internal", e.toString());
    } catch (Exception | Error e) {
      if (!cancelled.isEmpty()) {
        return interrupted();
      }
      // Whatever it was: a job without an end keeps its permits, and counts as a thread that leaks.
      log.warn(
          "job failed by a fault of ours job={} plugin={} resource={}",
          job.getJobId(),
          job.getPlugin(),
          job.getResourceId(),
          e);
      return JobEnd.failed("internal", e.toString());
    }
  }

  private JobEnd interrupted() {
    if (!cancelled.isEmpty()) {
      // Not a failure of the device's: the job is another agent's now, which runs it again.
      return new JobEnd(OutcomeStatus.FENCED, OptionalInt.empty(), "cancelled", cancelled);
    }
    if (overdue) {
      return new JobEnd(
          OutcomeStatus.TIMEOUT,
          OptionalInt.empty(),
          "deadline",
          "it took longer than " + Duration.ofMillis(job.getTimeoutMillis()));
    }
    return JobEnd.failed("internal", "the plugin was interrupted by nobody we know");
  }

  @Override
  public Run run() {
    return run;
  }

  @Override
  public void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
    if (ended.get() || !cancelled.isEmpty()) {
      throw new InterruptedException("the job has ended or was cancelled");
    }
    pending.add(around.results().send(record));
  }

  /** Ends it early: its partition went to another agent, or this one stops. */
  void cancel(String why) {
    cancelled = why;
    interrupt();
  }

  @Override
  public void overdue() {
    overdue = true;
    interrupt();
  }

  @Override
  public void leaked() {
    JobEnd end =
        new JobEnd(
            OutcomeStatus.TIMEOUT,
            OptionalInt.empty(),
            "leaked",
            "it ignored its deadline of " + Duration.ofMillis(job.getTimeoutMillis()));
    // Counted first: its own end, which may come at any moment, takes it back.
    around.meters().leaked();
    around.quarantine().leaked(job.getPlugin());
    if (!ended.compareAndSet(false, true)) {
      returned();
      return;
    }
    log.warn(
        "job ignores its interrupts and is given up job={} plugin={} resource={} timeoutMillis={}",
        job.getJobId(),
        job.getPlugin(),
        job.getResourceId(),
        job.getTimeoutMillis());
    conclude(end);
  }

  private void interrupt() {
    Thread runs = thread;
    if (runs != null) {
      runs.interrupt();
    }
  }

  private void finish(JobEnd end) {
    if (ended.compareAndSet(false, true)) {
      around.quarantine().ended(job.getPlugin(), admission);
      conclude(end);
    } else {
      // It was given up for leaked and has come to its end after all.
      returned();
    }
  }

  private void returned() {
    around.meters().returned();
    around.quarantine().returned(job.getPlugin());
  }

  private void conclude(JobEnd end) {
    Watchdog.Deadline watched = deadline;
    if (watched != null) {
      watched.end();
    }
    Duration duration = Duration.ofNanos(System.nanoTime() - startedNanos);
    held.partition().remove(this);
    around.board().finished(held);
    around.meters().ran(duration);
    var _ = pending.complete().thenRun(() -> write(outcomeOf(end, duration)));
  }

  private JobEnd delivered(JobEnd end) {
    return pending.failed() == 0 || end.status() == OutcomeStatus.FENCED
        ? end
        : new JobEnd(
            OutcomeStatus.FAILED,
            end.deviceStatus(),
            "results",
            "%d records could not be delivered: %s".formatted(pending.failed(), pending.why()));
  }

  /** An end that is none, such as one with null in it, must not keep the offset back for good. */
  private Outcome outcomeOf(JobEnd end, Duration duration) {
    try {
      return OutcomeRecords.ran(job, delivered(end), run.startedAt(), duration, around.agent());
    } catch (RuntimeException e) {
      log.warn(
          "job ended with what is no outcome job={} plugin={} end={}",
          job.getJobId(),
          job.getPlugin(),
          end,
          e);
      JobEnd instead = JobEnd.failed("internal", e.toString());
      return OutcomeRecords.ran(job, instead, run.startedAt(), duration, around.agent());
    }
  }

  private void write(Outcome outcome) {
    around.meters().ended(outcome.getStatus());
    OwnedPartition partition = held.partition();
    // What was cut off is still to do, by whoever owns the partition next.
    boolean cutOff = outcome.getStatus() == OutcomeStatus.FENCED;
    around
        .outcomes()
        .write(outcome, cutOff ? partition::abandoned : () -> partition.closed(held.offset()));
  }
}
