package io.argos.runtime.schedule;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.simpl.RAMJobStore;
import org.quartz.simpl.SimpleThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Quartz trigger that ticks while it is started. A tick that comes late does what the missed
 * ones would have done, so those are skipped.
 *
 * <p>Quartz waits for a time of day. When the clock is set back by an hour, the next tick would be
 * an hour away; so it is looked whether that has happened, and the trigger is made anew.
 */
final class TickClock implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TickClock.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Scheduler quartz;
  private final JobKey job;
  private final Duration tick;
  private final InstantSource clock;
  private final ScheduledExecutorService looks;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private boolean ticking;

  /** When it was looked last, by the clock that may be set and by the one that may not. */
  private long lookedAt;

  private long lookedNanos;

  /** A clock that stands still. Names are unique in a process. */
  TickClock(String name, Duration tick, InstantSource clock, Runnable work) {
    this.job = JobKey.jobKey(name);
    this.tick = tick;
    this.clock = clock;
    this.lookedAt = clock.millis();
    this.lookedNanos = System.nanoTime();
    Properties properties = new Properties();
    properties.setProperty(StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, name);
    properties.setProperty(StdSchedulerFactory.PROP_SCHED_MAKE_SCHEDULER_THREAD_DAEMON, "true");
    properties.setProperty(
        StdSchedulerFactory.PROP_THREAD_POOL_CLASS, SimpleThreadPool.class.getName());
    properties.setProperty("org.quartz.threadPool.threadCount", "1");
    properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    properties.setProperty(StdSchedulerFactory.PROP_JOB_STORE_CLASS, RAMJobStore.class.getName());
    // The default differs between Quartz' code and its documentation.
    properties.setProperty(
        "org.quartz.jobStore.misfireThreshold", Long.toString(Math.max(1_000, tick.toMillis())));
    try {
      this.quartz = new StdSchedulerFactory(properties).getScheduler();
      quartz.setJobFactory((_, _) -> new Tick(work));
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz does not start for " + name, e);
    }
    this.looks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name + "-clock-look").factory());
    var _ =
        looks.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ticks, the first time at once. */
  void start() {
    synchronized (lock) {
      try {
        schedule();
        quartz.start();
        ticking = true;
      } catch (SchedulerException e) {
        throw new IllegalStateException("the tick of %s cannot be scheduled".formatted(job), e);
      }
    }
  }

  private void schedule() throws SchedulerException {
    JobDetail detail = JobBuilder.newJob(Tick.class).withIdentity(job).build();
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .startAt(new Date())
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule()
                    .withIntervalInMilliseconds(tick.toMillis())
                    .repeatForever()
                    .withMisfireHandlingInstructionNextWithRemainingCount())
            .build();
    quartz.deleteJob(job);
    quartz.scheduleJob(detail, trigger);
  }

  private void look() {
    long now = clock.millis();
    long nanos = System.nanoTime();
    long back = TimeUnit.NANOSECONDS.toMillis(nanos - lookedNanos) - (now - lookedAt);
    lookedAt = now;
    lookedNanos = nanos;
    if (back < LOOK.toMillis()) {
      return;
    }
    synchronized (lock) {
      if (ticking) {
        log.warn("the clock was set back, ticking on name={} byMillis={}", job.getName(), back);
        try {
          schedule();
        } catch (SchedulerException e) {
          log.error("ticks cannot be scheduled anew name={}", job.getName(), e);
        }
      }
    }
  }

  /** Starts no more ticks; one that runs is not waited for. */
  void stop() {
    synchronized (lock) {
      ticking = false;
      try {
        quartz.standby();
      } catch (SchedulerException e) {
        throw new IllegalStateException("the tick of %s cannot be stopped".formatted(job), e);
      }
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
    try {
      quartz.shutdown(false);
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz does not stop for " + job, e);
    }
  }

  /** Public, with its annotation, for Quartz. */
  @DisallowConcurrentExecution
  public static final class Tick implements Job {

    private final Runnable work;

    Tick(Runnable work) {
      this.work = work;
    }

    @Override
    public void execute(JobExecutionContext context) {
      work.run();
    }
  }
}
