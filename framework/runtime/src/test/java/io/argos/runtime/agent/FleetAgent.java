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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * An agent of a model: the board, the dispatcher, the quarantine and the doubts are the real ones,
 * and what happens between them and Kafka happens when the model says so.
 */
final class FleetAgent {
  static final int PERMITS = 6;
  static final long SESSION = 6_000;

  /** One assignment of a partition. */
  private static final class Mine {
    private final OwnedPartition real;
    private final long since;
    private final Set<String> begun = new HashSet<>();
    private long read;
    private long former;
    private long formerEnd = -1;

    Mine(int number, long from, long now) {
      real = new OwnedPartition(number);
      read = from;
      since = now;
    }
  }

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
  private final String name;
  private final Random random;
  private final PollFreshness freshness;
  private final Quarantine quarantine;
  private final JobBoard board = new JobBoard(PERMITS, 0.34, this::notRun);
  private final Dispatcher dispatcher;
  private final Map<Integer, Mine> mine = new TreeMap<>();
  private final Map<OwnedPartition, Mine> all = new IdentityHashMap<>();
  private final List<HeldJob> claimed = new ArrayList<>();
  private final List<Running> running = new ArrayList<>();
  private final List<String> leaked = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private final Set<HeldJob> ended = new HashSet<>();
  private long frozenUntil;
  private long lastSeen;
  private boolean member = true;
  private boolean blocked;

  FleetAgent(Fleet fleet, String name) {
    this.fleet = fleet;
    this.name = name;
    this.random = fleet.random();
    this.freshness = new PollFreshness(Duration.ofMillis(SESSION * 66 / 100), this::nanos);
    this.quarantine = new Quarantine(1, Duration.ofSeconds(20), this::nanos);
    this.dispatcher =
        new Dispatcher(
            name, board, new FleetGate(fleet), new Kinds(), claimed::add, this::holdUp, this::now);
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

  private long nanos() {
    return fleet.now() * 1_000_000;
  }

  private String holdUp() {
    return freshness.fresh() ? blocked ? "results" : "" : "a proof";
  }

  boolean frozen() {
    return frozenUntil > fleet.now();
  }

  boolean member() {
    return member;
  }

  boolean idle() {
    return board.waiting() == 0 && claimed.isEmpty() && running.isEmpty() && pending.isEmpty();
  }

  boolean believesInHaving(int partition) {
    return mine.containsKey(partition);
  }

  void freeze(long millis) {
    frozenUntil = fleet.now() + millis;
    lastSeen = fleet.now();
  }

  /** True once the group has not heard of it for a session. */
  boolean expelled() {
    boolean expelled = member && frozen() && fleet.now() - lastSeen > SESSION;
    member &= !expelled;
    return expelled;
  }

  void block(boolean now) {
    blocked = now;
  }

  void wake() {
    frozenUntil = 0;
    blocked = false;
  }

  void observe(FleetLeader leader) {
    board.observeEpoch(leader.epoch(), leader.since());
  }

  void assigned(int partition) {
    Mine taken = new Mine(partition, fleet.log().committed(partition), fleet.now());
    mine.put(partition, taken);
    all.put(taken.real, taken);
    board.assigned(taken.real);
    freshness.proven(nanos());
  }

  /** A turn of the poll loop. */
  void poll(int most) {
    if (!member) {
      freshness.doubted();
      List.copyOf(mine.keySet()).forEach(this::giveUp);
      List.copyOf(mine.keySet()).forEach(this::forget);
      member = true;
    }
    boolean sure = freshness.turned();
    mine.values().forEach(partition -> read(partition, random.nextInt(most)));
    if (!sure && !mine.isEmpty()) {
      commit();
      freshness.proven(nanos());
    }
  }

  private void read(Mine partition, int count) {
    List<FleetLog.Emitted> jobs = fleet.log().jobs(partition.real.number());
    for (int n = 0; n < count && partition.read < jobs.size(); n++) {
      FleetLog.Emitted next = jobs.get((int) partition.read);
      if (partition.real.begin()) {
        partition.formerEnd = fleet.log().outcomes(partition.real.number()).size();
      }
      partition.real.offsets().read(partition.read, 0);
      board.hold(new HeldJob(next.job(), partition.real, partition.read++, next.at()), fleet.now());
    }
  }

  /** What former owners have run is read, a part at a time. */
  void readOutcomes() {
    for (Mine partition : mine.values()) {
      List<FleetLog.Told> told = fleet.log().outcomes(partition.real.number());
      for (int n = random.nextInt(40); n > 0 && partition.former < partition.formerEnd; n--) {
        FleetLog.Told next = told.get((int) partition.former++);
        if (next.run()) {
          board.ranBefore(partition.real, next.outcome(), fleet.now());
        }
      }
      if (partition.former == partition.formerEnd) {
        partition.real.settle();
      }
    }
  }

  /** Taken away in good order. */
  void revoked(Set<Integer> partitions) {
    partitions.forEach(this::giveUp);
    for (int n = random.nextInt(6); n > 0; n--) {
      act();
    }
    commit();
    partitions.forEach(this::forget);
  }

  /** Gives all back; some of what runs is cut off. */
  void stop() {
    List.copyOf(mine.keySet()).forEach(this::giveUp);
    for (int n = random.nextInt(15); n > 0; n--) {
      act();
    }
    running.forEach(run -> run.cancelled = true);
    List.copyOf(running).stream().filter(_ -> random.nextBoolean()).forEach(this::end);
    List.copyOf(pending).stream().filter(_ -> random.nextBoolean()).forEach(this::acknowledge);
    commit();
  }

  Set<Integer> partitions() {
    return Set.copyOf(mine.keySet());
  }

  private void giveUp(int partition) {
    mine.get(partition).real.disown();
    board.drop(mine.get(partition).real);
  }

  private void forget(int partition) {
    Mine gone = mine.remove(partition);
    for (Running run : running) {
      run.cancelled |= all.get(run.job.partition()) == gone;
    }
  }

  void commit() {
    if (member) {
      mine.forEach((number, partition) ->
          partition
              .real
              .offsets()
              .watermark()
              .ifPresent(offset -> fleet.log().commit(number, offset, fleet.where())));
    }
  }

  /** Something that its threads do. */
  void act() {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> dispatcher.dispatch();
      case 3, 4 -> List.copyOf(claimed).forEach(this::begin);
      case 5, 6 -> any(running).forEach(this::end);
      case 7, 8 -> any(pending).forEach(this::acknowledge);
      default -> {
        readOutcomes();
        if (!leaked.isEmpty() && random.nextInt(20) == 0) {
          quarantine.returned(leaked.removeFirst());
        }
      }
    }
    assertSound();
  }

  /** All that its threads can do now. */
  void actAtOnce() {
    readOutcomes();
    dispatcher.dispatch();
    List.copyOf(claimed).forEach(this::begin);
    any(running).forEach(this::end);
    List.copyOf(pending).forEach(this::acknowledge);
    assertSound();
  }

  private <T> List<T> any(List<T> list) {
    return list.isEmpty() ? List.of() : List.of(list.get(random.nextInt(list.size())));
  }

  /** The thread of a job that was decided on comes up. */
  private void begin(HeldJob job) {
    claimed.remove(job);
    if (!freshness.fresh() || !job.partition().owned()) {
      board.unclaimed(job, fleet.now() + 50);
      return;
    }
    Quarantine.Admission admission = quarantine.admission(job.job().getPlugin());
    if (admission == Quarantine.Admission.REFUSED) {
      board.finished(job);
      write(job, OutcomeRecords.notRun(job.job(), OutcomeStatus.QUARANTINED, "leaks", "", name), 1);
      return;
    }
    String id = job.job().getJobId();
    Mine partition = all.get(job.partition());
    assertThat(fleet.ownerOf(job.partition().number()))
        .as("%s starts %s of its own, %s", name, id, fleet.where())
        .isSameAs(this);
    assertThat(partition.begun.add(id)).as("%s once, %s", id, fleet.where()).isTrue();
    assertThat(fleet.log().ranBefore(id, partition.since))
        .as("%s was run before %s had the partition, %s", id, name, fleet.where())
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
        OutcomeRecords.ran(run.job.job(), end, now(), Duration.ZERO, name),
        cutOff ? 0 : 1);
  }

  private void notRun(HeldJob job, OutcomeStatus status, String cause, String detail) {
    if (status == OutcomeStatus.EXPIRED) {
      assertThat(fleet.now()).as(fleet.where()).isGreaterThanOrEqualTo(job.expireAt());
    }
    write(job, OutcomeRecords.notRun(job.job(), status, cause, detail, name), 1);
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
    freshness.proven(nanos());
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
      assertThat(claimed).as("%s, site %d, %s", name, site, fleet.where()).hasSize(PERMITS);
      claimed.forEach(board::finished);
      claimed.clear();
    }
  }
}
