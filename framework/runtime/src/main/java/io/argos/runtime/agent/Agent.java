package io.argos.runtime.agent;

import io.argos.runtime.result.ResultProducer;
import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.serde.RecordReader;
import io.argos.schemas.serde.RecordWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the jobs of one stage and zone that fall to this process.
///
/// A platform thread polls Kafka and takes jobs in; another starts each when it is due and its
/// tables and permits are there; a third watches deadlines; a fourth writes outcomes. Jobs run on
/// virtual threads. An offset is committed when the outcome of its job, and of every job before it
/// in the partition, has been acknowledged, and so have their results: each job is run at least
/// once, whatever dies.
///
/// An agent that cannot be sure of its partitions starts nothing: after a standstill of two thirds
/// of its session it asks the group first. Safe for use by any thread.
public final class Agent implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Agent.class);
  private static final Duration LAST_OUTCOMES = Duration.ofSeconds(2);

  private final AgentSpec spec;
  private final ResultProducer results;
  private final JobBoard board;
  private final OutcomeWriter outcomes;
  private final Watchdog watchdog;
  private final Quarantine quarantine;
  private final AgentMeters meters;
  private final PollFreshness freshness;
  private final Dispatcher dispatcher;
  private final FormerOutcomes former;
  private final AgentPoller poller;
  private final Execution.Surroundings surroundings;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** An agent that is not started: nothing is opened before {@link #start}. */
  public Agent(AgentSpec spec, AgentLinks links, JobRunner runner, JobGate gate) {
    this.spec = spec;
    this.results = links.results();
    String threads = "argos-" + spec.stage();
    this.meters = new AgentMeters(links.meters(), spec.stage(), spec.zone());
    this.outcomes =
        new OutcomeWriter(
            threads + "-outcomes",
            spec.topics().outcomes(),
            links.results(),
            new RecordWriter<>(links.schemas(), spec.topics().outcomes(), Outcome.class));
    this.board = new JobBoard(spec.config().permits(), spec.config().siteShare(), this::notRun);
    this.watchdog = new Watchdog(threads + "-deadlines", spec.config().leakAfter());
    this.quarantine =
        new Quarantine(
            spec.config().quarantineAfter(), spec.config().quarantineFor(), System::nanoTime);
    this.freshness = new PollFreshness(spec.freshness(), System::nanoTime);
    JobIntake intake =
        new JobIntake(spec, board, new RecordReader<>(links.schemas(), Job.class), links);
    this.former =
        new FormerOutcomes(spec, links, new RecordReader<>(links.schemas(), Outcome.class), board);
    this.poller =
        new AgentPoller(
            spec,
            links.consumers(),
            intake,
            () -> board.waiting() + outcomes.unacknowledged(),
            new Ownership(spec, board, gate, freshness, former, links.clock()),
            gate,
            freshness,
            meters);
    this.surroundings =
        new Execution.Surroundings(
            spec.instance(),
            runner,
            board,
            links.results(),
            outcomes,
            watchdog,
            quarantine,
            meters,
            freshness::fresh,
            links.clock());
    this.dispatcher =
        new Dispatcher(
            threads + "-start", board, gate, runner, this::begin, this::holdUp, links.clock());
    meters.gauge("argos.agent.running", "Jobs that run", board, JobBoard::running);
    meters.gauge("argos.agent.queued", "Jobs that wait", board, JobBoard::waiting);
    meters.gauge("argos.agent.late", "Jobs due and not started", board, JobBoard::late);
    meters.gauge(
        "argos.agent.commit.overdue.seconds",
        "Seconds since the oldest job not committed had to be done; 0 before that",
        poller,
        AgentPoller::overdueSeconds);
    meters.gauge("argos.agent.partitions", "Partitions owned", poller, AgentPoller::partitions);
    meters.gauge(
        "argos.agent.quarantined",
        "Plugins whose jobs are not run, for their leaked threads",
        quarantine,
        set -> set.names().size());
    meters.gauge(
        "argos.agent.paused", "1 while partitions are paused", poller, p -> p.paused() ? 1 : 0);
  }

  /** Starts its threads and joins the group as soon as its gate admits it. */
  public void start() {
    if (started.compareAndSet(false, true)) {
      outcomes.start();
      watchdog.start();
      dispatcher.start();
      former.start();
      poller.start();
      log.info(
          "agent started instance={} topic={} group={} permits={}",
          spec.instance(),
          spec.jobsTopic(),
          spec.group(),
          spec.config().permits());
    }
  }

  /**
   * Tells the agent that a leader took an epoch, as the topic of epochs says: jobs that an earlier
   * leader wrote after that are not run.
   *
   * @param appendedAt timestamp of the record that said so first
   */
  public void observeEpoch(long epoch, Instant appendedAt) {
    board.observeEpoch(epoch, appendedAt.toEpochMilli());
  }

  /** How it stands. */
  public AgentStatus status() {
    RunTimes.Lately lately = meters.lately();
    return new AgentStatus(
        spec.config().permits(),
        board.running(),
        board.waiting(),
        board.late(),
        meters.leakedNow(),
        poller.partitions(),
        board.epoch(),
        poller.paused(),
        results.blocked(),
        lately.runs(),
        lately.meanMillis(),
        quarantine.names());
  }

  /** Why it cannot be relied on now, one sentence each; empty when it can. */
  public List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    if (!poller.trouble().isEmpty()) {
      troubles.add("the agent " + poller.trouble());
    } else if (poller.partitions() > 0 && !freshness.fresh()) {
      troubles.add("the agent stood still and awaits the group's word that it is still a member");
    }
    if (results.blocked()) {
      troubles.add("results cannot be sent, so no job is started");
    }
    return List.copyOf(troubles);
  }

  /** What is not as it should be and keeps it from nothing else, one sentence each. */
  public List<String> warnings() {
    return quarantine.sentences();
  }

  private String holdUp() {
    if (poller.stopping()) {
      return "the end of this agent";
    }
    if (!freshness.fresh()) {
      return "the group's word that this agent is still a member";
    }
    return results.blocked() ? "results that could not be sent" : "";
  }

  private void begin(HeldJob job) {
    Execution execution = new Execution(surroundings, job);
    Thread.ofVirtual().name("job-" + job.job().getJobId()).start(execution::execute);
  }

  private void notRun(HeldJob job, OutcomeStatus status, String cause, String detail) {
    meters.ended(status);
    outcomes.write(
        OutcomeRecords.notRun(job.job(), status, cause, detail, spec.instance()),
        () -> job.partition().closed(job.offset()));
  }

  /**
   * Starts nothing more, lets running jobs end within the stop wait, commits, and leaves the group,
   * so that its partitions go to others at once. Closing twice does nothing more.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    poller.close();
    former.close();
    dispatcher.close();
    try {
      outcomes.close(LAST_OUTCOMES);
    } catch (InterruptedException e) {
      outcomes.close();
      Thread.currentThread().interrupt();
    }
    watchdog.close();
    log.info("agent stopped instance={} group={}", spec.instance(), spec.group());
  }
}
