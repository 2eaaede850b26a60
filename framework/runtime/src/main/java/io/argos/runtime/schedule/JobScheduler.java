package io.argos.runtime.schedule;

import io.argos.runtime.leadership.Candidate;
import io.argos.runtime.leadership.LeaderTerm;
import io.argos.runtime.leadership.Leadership;
import io.argos.runtime.leadership.LeadershipListener;
import io.argos.schemas.Checkpoint;
import io.argos.schemas.Epoch;
import io.argos.schemas.Request;
import io.argos.schemas.serde.RecordReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emits the jobs of a stage while it leads it, and stands by otherwise.
 *
 * <p>A stage keeps its scheduler's targets current whether it leads or not: {@link #put}, {@link
 * #first} and {@link #remove} are called on every instance, from the tables of the stage, so that a
 * takeover has nothing to load. {@link #start} comes when those tables have caught up. Safe for use
 * by any thread.
 */
public final class JobScheduler implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(JobScheduler.class);

  private final SchedulerSpec spec;
  private final SchedulerLinks links;
  private final InstantSource clock;
  private final TargetIndex index = new TargetIndex();
  private final Changes changes = new Changes();
  private final Outlook outlook;
  private final SchedulerMeters meters;
  private final JobFactory jobs;
  private final Producer<byte[], byte[]> producer;
  private final JobSink sink;
  private final CheckpointStore checkpoints;
  private final SchedulerTables tables;
  private final Takeover takeover;
  private final TickClock ticks;
  private final Leadership leadership;

  /** Set while a term lasts; changed by the thread of the leadership. */
  private volatile @Nullable Tenure tenure;

  /** Of the thread of the leadership alone. */
  private @Nullable RequestReader requests;

  /** A scheduler that has no targets and does not run for the leadership yet. */
  public JobScheduler(SchedulerSpec spec, SchedulerLinks links) {
    this.spec = spec;
    this.links = links;
    this.clock = links.clock();
    this.meters = new SchedulerMeters(links.meters(), spec.stage());
    this.outlook = new Outlook(spec.stage(), spec.config(), index, changes, meters);
    this.jobs = new JobFactory(spec.instance(), spec.config());
    this.producer = links.kafka().producer(KafkaJobSink.producerProperties(spec.session()));
    this.sink =
        new KafkaJobSink(
            spec.stage(),
            spec.instance(),
            links.topics(),
            producer,
            links.schemas(),
            clock,
            spec.session());
    this.checkpoints =
        new CheckpointStore(
            spec.stage(), spec.instance(), links.topics(), producer, links.schemas());
    this.tables = new SchedulerTables(spec.stage(), links);
    this.takeover = new Takeover(tables, checkpoints, producer, links);
    outlook.follow(tables);
    tables.checkpoints().listen((_, _, after, _) -> after.ifPresent(this::read));
    tables.epochs().listen((stage, _, after, _) -> after.ifPresent(epoch -> heard(stage, epoch)));
    this.ticks =
        new TickClock(
            spec.stage() + "-tick-" + spec.instance(), spec.config().tick(), clock, this::tick);
    this.leadership =
        new Leadership(
            links.zooKeeper(),
            new Candidate(
                links.topics().prefix(),
                spec.stage(),
                spec.instance(),
                spec.session(),
                spec.config().lease()),
            takeover,
            new Terms());
    gauges();
  }

  private void gauges() {
    meters.gauge("targets", "Targets held", index::size);
    meters.gauge(
        "suspended",
        "Targets that are suspended now",
        () -> outlook.agenda().suspended(clock.millis()));
    meters.gauge("leader", "1 while this instance leads the stage", () -> leading() ? 1 : 0);
    meters.gauge(
        "caretaker",
        "1 while this instance leads without ZooKeeper",
        () -> leadership.caretaking() ? 1 : 0);
    meters.gauge("epoch", "Epoch of the present term, 0 without one", () -> epoch().orElse(0));
    meters.gauge(
        "watermark.ahead.seconds",
        "How far ahead of now all slots are emitted; 0 without a term",
        () ->
            watermark()
                .map(until -> (until.toEpochMilli() - clock.millis()) / 1_000.0)
                .orElse(0.0));
  }

  /** Runs for the leadership. The targets known to the log should be put by now. */
  public void start() {
    tables.start();
    leadership.start();
  }

  /** Puts a target that is new or has changed just now. */
  public void put(Target target) {
    put(target, clock.instant());
  }

  /**
   * Puts a target that is new or has changed at a time known from the log. A change that the last
   * checkpoint does not cover takes effect from then on; one that is older is an initial load.
   */
  public void put(Target target, Instant changedAt) {
    Optional<Target> former = index.put(target);
    long at = changedAt.toEpochMilli();
    if (former.isEmpty() || !target.timing().equals(former.get().timing())) {
      changes.renewed(target.key(), at);
    } else if (target.supersedes(former.get())) {
      changes.changed(target.key(), at, at);
    }
  }

  /**
   * Puts a target and asks for a FIRST job of it, once per cause, without waiting for its slot. It
   * may be called again for the same cause, also for causes of long ago: those are left alone.
   *
   * @param cause what caused it, such as the id or revision of the record
   * @param causedAt the time of that record
   */
  public void first(Target target, String cause, Instant causedAt) {
    put(target, causedAt);
    changes.first(target.key(), cause, causedAt.toEpochMilli());
  }

  /** Removes a target. Jobs that are under way are the agents' to drop. */
  public void remove(TargetKey key) {
    if (index.remove(key).isPresent()) {
      changes.removed(key);
    }
  }

  /** Number of targets. */
  public int size() {
    return index.size();
  }

  /** True when this instance has read what a leader must know, so that a takeover is quick. */
  public boolean caughtUp() {
    return tables.caughtUp();
  }

  /**
   * True while this instance leads and emits. False as soon as it has no young proof that nobody
   * follows it: from ZooKeeper, or as a caretaker from the log.
   */
  public boolean leading() {
    Tenure present = tenure;
    return present != null && present.term().fresh();
  }

  /** Lets another instance lead, if there is one; this one stands at the end of the queue. */
  public void resign(String why) {
    leadership.resign(why);
  }

  /** The epoch of the present term. */
  public OptionalLong epoch() {
    Tenure present = tenure;
    return present == null ? OptionalLong.empty() : OptionalLong.of(present.term().epoch());
  }

  /** Up to when all slots are in the log, while this instance leads. */
  public Optional<Instant> watermark() {
    Tenure present = tenure;
    return present != null && present.term().fresh()
        ? Optional.of(Instant.ofEpochMilli(present.watermark()))
        : Optional.empty();
  }

  /** Stops emitting, notes how far it came, and lets the next instance lead; within seconds. */
  @Override
  public void close() {
    ticks.stop();
    Tenure present = tenure;
    if (present != null && present.checkpointNow()) {
      producer.flush();
    }
    leadership.close();
    ticks.close();
    tables.close();
    producer.close(Duration.ofSeconds(5));
  }

  /** What a leader's checkpoints cover need not be kept for a takeover. */
  private void read(Checkpoint checkpoint) {
    if (checkpoints.read(checkpoint)) {
      long covered = checkpoint.getAt().minus(spec.config().lookahead()).toEpochMilli();
      changes.forgetBefore(covered, tenure != null);
    }
  }

  private void heard(String stage, Epoch epoch) {
    if (stage.equals(spec.stage())) {
      leadership.heard(epoch.getEpoch());
    }
  }

  private final class Terms implements LeadershipListener {
    @Override
    public void elected(LeaderTerm next) {
      long now = clock.millis();
      outlook.begin(now);
      Optional<Checkpoint> from = takeover.from();
      log.info(
          "resuming stage={} epoch={} targets={} watermark={}",
          spec.stage(),
          next.epoch(),
          index.size(),
          from.map(Checkpoint::getWatermark));
      var parts =
          new Emission.Parts(
              outlook.agenda(), changes, outlook.zones(), jobs, sink, meters, spec.config());
      Emission emission = new Emission(parts, next, from, now);
      // What its predecessor may still write goes with jobs that agents drop, and counts no more.
      from.ifPresent(_ -> checkpoints.write(emission.progress(), next.epoch(), clock.instant()));
      tenure = new Tenure(spec, next, emission, checkpoints, clock, leadership::resign);
      RequestReader reader = openRequests(next);
      requests = reader;
      reader.start();
      ticks.start();
    }

    @Override
    public void lost() {
      Tenure former = tenure;
      tenure = null;
      ticks.stop();
      outlook.end();
      if (former != null) {
        former.close();
      }
      RequestReader reader = requests;
      requests = null;
      if (reader != null) {
        reader.close();
      }
    }
  }

  private RequestReader openRequests(LeaderTerm under) {
    String group = links.topics().prefix() + '.' + spec.stage() + ".requests";
    var answers = new RequestAnswers(spec.stage(), index, jobs, sink, meters, clock);
    return new RequestReader(
        links.topics().requests(),
        under,
        links.kafka().consumer(group, Map.of()),
        new RecordReader<>(links.schemas(), Request.class),
        answers::to,
        (record, reason) -> links.deadLetters().send(record, spec.stage() + "-scheduler", reason),
        sink.patience());
  }

  /** One tick, on Quartz' thread. */
  private void tick() {
    Tenure present = tenure;
    if (present != null) {
      present.tick();
      if (present.term().fresh()) {
        outlook.judge(clock.millis());
      }
    }
  }
}
