package io.argos.runtime.schedule;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.argos.runtime.leadership.KafkaEpochLog;
import io.argos.runtime.leadership.LeaderTerm;
import io.argos.runtime.leadership.Leadership;
import io.argos.runtime.leadership.LeadershipListener;
import io.argos.runtime.table.CompactedTable;
import io.argos.schemas.Checkpoint;
import io.argos.schemas.Epoch;
import io.argos.schemas.Heartbeat;
import io.argos.schemas.Request;
import io.argos.schemas.serde.RecordReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.specific.SpecificRecord;
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
  private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);

  /** How long a tick may go on after its term is over; it looks at the term itself. */
  private static final Duration LAST_TICK = Duration.ofSeconds(3);

  private final SchedulerSpec spec;
  private final SchedulerLinks links;
  private final InstantSource clock;
  private final TargetIndex index = new TargetIndex();
  private final Changes changes = new Changes();
  private final ZoneWatch zones;
  private final SchedulerMeters meters;
  private final JobFactory jobs;
  private final Producer<byte[], byte[]> producer;
  private final JobSink sink;
  private final CheckpointStore checkpoints;
  private final List<CompactedTable<?>> tables;
  private final TickClock ticks;
  private final Leadership leadership;
  private final ReentrantLock turn = new ReentrantLock();

  // Set while a term lasts; changed under the lock of the turn.
  private volatile @Nullable LeaderTerm term;

  @GuardedBy("turn")
  private @Nullable Emission emission;

  @GuardedBy("turn")
  private @Nullable RequestReader requests;

  @GuardedBy("turn")
  private long checkpointedAt;

  @GuardedBy("turn")
  private OptionalLong failingSince = OptionalLong.empty();

  private volatile long watermark;

  /** A scheduler that has no targets and does not run for the leadership yet. */
  public JobScheduler(SchedulerSpec spec, SchedulerLinks links) {
    this.spec = spec;
    this.links = links;
    this.clock = links.clock();
    this.zones = new ZoneWatch(spec.stage(), spec.config().agentSilence());
    this.meters = new SchedulerMeters(links.meters(), spec.stage());
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
    CompactedTable<Checkpoint> saved = table(links.topics().checkpoints(), Checkpoint.class);
    saved.listen((_, _, after, _) ->
        after.ifPresent(checkpoint -> {
          checkpoints.read(checkpoint);
          forgetWhatIsDone(checkpoint);
        }));
    CompactedTable<Epoch> epochs = table(links.topics().epochs(), Epoch.class);
    CompactedTable<Heartbeat> heartbeats = table(links.topics().heartbeats(), Heartbeat.class);
    heartbeats.listen((_, _, after, _) -> after.ifPresent(zones::heard));
    this.tables = List.of(saved, epochs, heartbeats);
    this.ticks =
        new TickClock(spec.stage() + "-tick-" + spec.instance(), spec.config().tick(), this::tick);
    this.leadership =
        new Leadership(
            links.zooKeeper(),
            links.topics().prefix(),
            spec.stage(),
            spec.instance(),
            spec.session(),
            new KafkaEpochLog(links.topics(), epochs, saved, producer, links.schemas(), clock),
            new Terms());
    meters.gauge("targets", "Targets held", index::size);
    meters.gauge("leader", "1 while this instance leads the stage", () -> leading() ? 1 : 0);
    meters.gauge("epoch", "Epoch of the present term, 0 without one", () -> epoch().orElse(0));
    meters.gauge(
        "watermark.ahead.seconds",
        "How far ahead of now all slots are emitted; 0 without a term",
        () -> leading() ? (watermark - clock.millis()) / 1_000.0 : 0);
  }

  /** Runs for the leadership. The targets known to the log should be put by now. */
  public void start() {
    for (CompactedTable<?> table : tables) {
      table.assignAll();
      table.start();
    }
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
    if (former.isEmpty() || target.supersedes(former.get())) {
      changes.changed(target.key(), changedAt.toEpochMilli());
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

  /** The target with a key. */
  public Optional<Target> find(TargetKey key) {
    return index.find(key);
  }

  /** Number of targets. */
  public int size() {
    return index.size();
  }

  /** When a target is due next after a time. */
  public Optional<Instant> nextDue(TargetKey key, Instant after) {
    long next = index.next(key, after.toEpochMilli());
    return next == SlotTimes.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
  }

  /** True when this instance has read what a leader must know, so that a takeover is quick. */
  public boolean caughtUp() {
    return tables.stream().allMatch(CompactedTable::caughtUp);
  }

  /**
   * True while this instance leads and emits. False as soon as ZooKeeper has been silent for so
   * long that somebody else may have been elected, so that no two instances ever lead at a time.
   */
  public boolean leading() {
    LeaderTerm present = term;
    return present != null && present.fresh();
  }

  /** The epoch of the present term. */
  public OptionalLong epoch() {
    LeaderTerm present = term;
    return present == null ? OptionalLong.empty() : OptionalLong.of(present.epoch());
  }

  /** Up to when all slots are in the log, while this instance leads. */
  public Optional<Instant> watermark() {
    return leading() ? Optional.of(Instant.ofEpochMilli(watermark)) : Optional.empty();
  }

  /** Stops emitting, notes how far it came, and lets the next instance lead; within seconds. */
  @Override
  public void close() {
    ticks.stop();
    checkpointNow();
    leadership.close();
    ticks.close();
    tables.forEach(CompactedTable::close);
    producer.close(Duration.ofSeconds(5));
  }

  private <T extends SpecificRecord> CompactedTable<T> table(String topic, Class<T> type) {
    String reader = spec.stage() + "-scheduler";
    return new CompactedTable<>(
        topic,
        reader,
        () -> links.kafka().consumer(),
        new RecordReader<>(links.schemas(), type),
        (record, reason) -> links.deadLetters().send(record, reader, reason));
  }

  /** While another leads, what its checkpoints cover need not be kept for a takeover. */
  private void forgetWhatIsDone(Checkpoint checkpoint) {
    if (term == null && checkpoint.getStage().equals(spec.stage())) {
      changes.forgetBefore(
          checkpoint.getAt().toEpochMilli() - spec.config().lookahead().toMillis());
    }
  }

  private final class Terms implements LeadershipListener {
    @Override
    public void elected(LeaderTerm next) {
      turn.lock();
      try {
        long now = clock.millis();
        zones.listen(now);
        Optional<Checkpoint> from = checkpoints.latest();
        log.info(
            "resuming stage={} epoch={} targets={} watermark={}",
            spec.stage(),
            next.epoch(),
            index.size(),
            from.map(Checkpoint::getWatermark));
        var parts = new Emission.Parts(index, changes, zones, jobs, sink, meters, spec.config());
        Emission work = new Emission(parts, next, from, now);
        emission = work;
        watermark = work.watermark();
        failingSince = OptionalLong.empty();
        term = next;
        requests = openRequests(next);
        requests.start();
      } finally {
        turn.unlock();
      }
      ticks.start();
    }

    @Override
    public void lost() {
      term = null;
      ticks.stop();
      RequestReader reader = null;
      try {
        boolean still = turn.tryLock(LAST_TICK.toMillis(), TimeUnit.MILLISECONDS);
        if (!still) {
          log.warn("the last tick of a term is slow to end stage={}", spec.stage());
          return;
        }
        try {
          emission = null;
          reader = requests;
          requests = null;
        } finally {
          turn.unlock();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
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
    LeaderTerm present = term;
    if (present == null || !turn.tryLock()) {
      return;
    }
    try {
      Emission work = emission;
      if (work == null || !present.mayAct()) {
        return;
      }
      boolean through = work.turn(clock.millis());
      watermark = work.watermark();
      judge(through);
      if (through && System.nanoTime() - checkpointedAt >= CHECKPOINT_EVERY.toNanos()) {
        checkpoint(work, present);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The edge of the task: the next tick does what this one did not.
      log.error("tick failed stage={}", spec.stage(), e);
    } finally {
      turn.unlock();
    }
  }

  /**
   * A leader that ZooKeeper hears and Kafka does not must make room before the lookahead is over.
   */
  @GuardedBy("turn")
  private void judge(boolean through) {
    if (through) {
      if (failingSince.isPresent()) {
        failingSince = OptionalLong.empty();
        log.info("jobs are written again stage={}", spec.stage());
      }
      return;
    }
    long now = System.nanoTime();
    if (failingSince.isEmpty()) {
      failingSince = OptionalLong.of(now);
      log.warn("jobs cannot be written, trying on stage={}", spec.stage());
    } else if (now - failingSince.getAsLong() > spec.config().lookahead().toNanos() / 2) {
      failingSince = OptionalLong.empty();
      leadership.resign("jobs could not be written for half a lookahead");
    }
  }

  @GuardedBy("turn")
  private void checkpoint(Emission work, LeaderTerm present) {
    checkpointedAt = System.nanoTime();
    checkpoints.write(work.watermark(), present.epoch(), index.signatures(), clock.instant());
  }

  private void checkpointNow() {
    LeaderTerm present = term;
    try {
      if (present != null && turn.tryLock(LAST_TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          Emission work = emission;
          if (work != null && present.fresh()) {
            checkpoint(work, present);
            producer.flush();
          }
        } finally {
          turn.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
