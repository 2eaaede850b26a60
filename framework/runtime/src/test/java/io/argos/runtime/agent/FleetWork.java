package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * The work of an agent of a model: the board, the dispatcher and the quarantine are the real ones,
 * and jobs begin, end and are acknowledged when the model says so.
 */
final class FleetWork {
  static final int PERMITS = 6;

  private static final class Running {
    private final HeldJob job;
    private final Quarantine.Admission admission;
    private boolean cancelled;

    Running(HeldJob job, Quarantine.Admission admission) {
      this.job = job;
      this.admission = admission;
    }
  }

  private record Pending(Outcome outcome, Runnable acknowledged) {}

  private final Fleet fleet;
  private final FleetAgent agent;
  private final Random random;
  private final Quarantine quarantine;
  private final JobBoard board = new JobBoard(PERMITS, 0.34, this::notRun);
  private final Dispatcher dispatcher;
  private final List<HeldJob> claimed = new ArrayList<>();
  private final List<Running> running = new ArrayList<>();
  private final List<String> leaked = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private final Set<HeldJob> ended = new HashSet<>();
  private boolean blocked;

  FleetWork(Fleet fleet, FleetAgent agent) {
    this.fleet = fleet;
    this.agent = agent;
    this.random = fleet.random();
    this.quarantine = new Quarantine(1, Duration.ofSeconds(20), fleet::nanos);
    this.dispatcher =
        new Dispatcher(
            agent.name(),
            board,
            new FleetGate(fleet),
            new Kinds(),
            claimed::add,
            this::holdUp,
            this::now);
  }

  /** Whose jobs may work four at a time on a device. */
  private static final class Kinds implements JobRunner {
    @Override
    public JobEnd run(Job job, JobSession session) {
      throw new IllegalStateException("the model runs it");
    }

    @Override
    public PermitClass permitClass(Job job) {
      return job.getPlugin().equals("net") ? PermitClass.NET : PermitClass.SNMP;
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(fleet.now());
  }

  private String holdUp() {
    return agent.fresh() ? blocked ? "results" : "" : "a proof";
  }

  JobBoard board() {
    return board;
  }

  boolean idle() {
    return board.waiting() == 0 && claimed.isEmpty() && running.isEmpty() && pending.isEmpty();
  }

  void block(boolean now) {
    blocked = now;
  }

  void cancel(OwnedPartition partition) {
    for (Running run : running) {
      run.cancelled |= run.job.partition() == partition;
    }
  }

  /** The threads of all jobs that were decided on come up. */
  void comeUp() {
    List.copyOf(claimed).forEach(this::begin);
  }

  /** Something that its threads do. */
  void act() {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> dispatcher.dispatch();
      case 3, 4 -> comeUp();
      case 5, 6 -> any(running).forEach(this::end);
      case 7, 8 -> any(pending).forEach(this::acknowledge);
      default -> {
        if (!leaked.isEmpty() && random.nextInt(20) == 0) {
          quarantine.returned(leaked.removeFirst());
        }
      }
    }
    assertSound();
  }

  /** All that its threads can do now. */
  void actAtOnce() {
    dispatcher.dispatch();
    comeUp();
    any(running).forEach(this::end);
    List.copyOf(pending).forEach(this::acknowledge);
    assertSound();
  }

  /** Some of what runs ends, and some of what has ended is acknowledged. */
  void endSome() {
    List.copyOf(running).stream().filter(_ -> random.nextBoolean()).forEach(this::end);
    List.copyOf(pending).stream().filter(_ -> random.nextBoolean()).forEach(this::acknowledge);
  }

  private <T> List<T> any(List<T> list) {
    return list.isEmpty() ? List.of() : List.of(list.get(random.nextInt(list.size())));
  }

  /** The thread of a job that was decided on comes up. */
  private void begin(HeldJob job) {
    claimed.remove(job);
    if (!agent.fresh() || !job.partition().owned()) {
      board.unclaimed(job, fleet.now() + 50);
      return;
    }
    Quarantine.Admission admission = quarantine.admission(job.job().getPlugin());
    if (admission == Quarantine.Admission.REFUSED) {
      board.finished(job);
      write(
          job,
          OutcomeRecords.notRun(job.job(), OutcomeStatus.QUARANTINED, "leaks", "", agent.name()),
          1);
      return;
    }
    String id = job.job().getJobId();
    FleetPartition partition = agent.find(job.partition());
    assertThat(fleet.ownerOf(job.partition().number()))
        .as("%s starts %s of its own, %s", agent.name(), id, fleet.where())
        .isSameAs(agent);
    assertThat(partition.begun().add(id)).as("%s once, %s", id, fleet.where()).isTrue();
    assertThat(fleet.log().ranBefore(id, partition.since()))
        .as("%s was run before %s had the partition, %s", id, agent.name(), fleet.where())
        .isFalse();
    running.add(new Running(job, admission));
    fleet.begun();
  }

  private void end(Running run) {
    int how = fleet.calm() ? 9 : random.nextInt(40);
    running.remove(run);
    String plugin = run.job.job().getPlugin();
    if (how == 0) {
      leaked.add(plugin);
      quarantine.leaked(plugin);
    } else {
      quarantine.ended(plugin, run.admission);
    }
    board.finished(run.job);
    boolean cutOff = run.cancelled && how > 9;
    OutcomeStatus status =
        cutOff
            ? OutcomeStatus.FENCED
            : how < 3 ? OutcomeStatus.TIMEOUT : how < 6 ? OutcomeStatus.FAILED : OutcomeStatus.OK;
    JobEnd end = new JobEnd(status, OptionalInt.empty(), "", "");
    write(
        run.job,
        OutcomeRecords.ran(run.job.job(), end, now(), Duration.ZERO, agent.name()),
        cutOff ? 0 : 1);
  }

  private void notRun(HeldJob job, OutcomeStatus status, String cause, String detail) {
    if (status == OutcomeStatus.EXPIRED) {
      assertThat(fleet.now()).as(fleet.where()).isGreaterThanOrEqualTo(job.expireAt());
    }
    write(job, OutcomeRecords.notRun(job.job(), status, cause, detail, agent.name()), 1);
  }

  private void write(HeldJob job, Outcome outcome, int done) {
    assertThat(ended.add(job)).as("%s ends once, %s", job.job(), fleet.where()).isTrue();
    OwnedPartition partition = job.partition();
    pending.add(
        new Pending(
            outcome, done == 0 ? partition::abandoned : () -> partition.closed(job.offset())));
  }

  /** Now and then a record is not written, or its acknowledgement is lost: it is tried again. */
  private void acknowledge(Pending next) {
    int fate = fleet.calm() ? 9 : random.nextInt(12);
    if (fate > 0) {
      fleet.log().tell(next.outcome(), fleet.now());
    }
    if (fate > 1) {
      pending.remove(next);
      next.acknowledged().run();
    }
  }

  private void assertSound() {
    Map<String, Integer> devices = new HashMap<>();
    for (Running run : running) {
      assertThat(devices.merge(run.job.target().resourceId() + run.job.permit, 1, Integer::sum))
          .as("jobs on a device, %s", fleet.where())
          .isLessThanOrEqualTo(run.job.permit.jobsPerDevice());
    }
    assertThat(board.running())
        .as(fleet.where())
        .isEqualTo(running.size() + claimed.size())
        .isLessThanOrEqualTo(PERMITS);
  }

  /** All permits are back: as many jobs of a site that is alone start at once, in each site. */
  void assertNothingHeld() {
    assertThat(board.late()).as(fleet.where()).isZero();
    for (int site = 0; site < FleetLeader.SITES; site++) {
      OwnedPartition partition = new OwnedPartition(FleetLog.PARTITIONS);
      partition.settle();
      for (int n = 0; n < PERMITS; n++) {
        int device = site + n % 2 * FleetLeader.SITES;
        Job job = FleetLeader.job(device, n < 2 ? "snmp0" : "net", fleet.now());
        job.setJobId("last " + n);
        board.hold(new HeldJob(job, partition, n, fleet.now()), fleet.now());
      }
      dispatcher.dispatch();
      assertThat(claimed).as("%s, site %d, %s", agent.name(), site, fleet.where()).hasSize(PERMITS);
      claimed.forEach(board::finished);
      claimed.clear();
    }
  }
}
