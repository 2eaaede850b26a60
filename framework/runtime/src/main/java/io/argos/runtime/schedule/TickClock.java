package io.argos.runtime.schedule;

import java.time.Duration;
import java.util.Date;
import java.util.Properties;
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

/**
 * One Quartz trigger that ticks while it is started. A tick that comes late does what the missed
 * ones would have done, so those are skipped.
 */
final class TickClock implements AutoCloseable {

  private final Scheduler quartz;
  private final JobKey job;
  private final Duration tick;

  /** A clock that stands still. Names are unique in a process. */
  TickClock(String name, Duration tick, Runnable work) {
    this.job = JobKey.jobKey(name);
    this.tick = tick;
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
  }

  /** Ticks, the first time at once. */
  void start() {
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
    try {
      quartz.deleteJob(job);
      quartz.scheduleJob(detail, trigger);
      quartz.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException("the tick of %s cannot be scheduled".formatted(job), e);
    }
  }

  /** Starts no more ticks; one that runs is not waited for. */
  void stop() {
    try {
      quartz.standby();
    } catch (SchedulerException e) {
      throw new IllegalStateException("the tick of %s cannot be stopped".formatted(job), e);
    }
  }

  @Override
  public void close() {
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
