package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Checkpoint;
import io.argos.schemas.Directive;
import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Terms of random length under everything that may happen at once: leaders that die, leaders that
 * go on as caretakers beside their successors, acknowledgements that are lost, targets that change,
 * resources that are suspended and resumed. The model is simple: every slot that is due and not
 * suspended is in the log, as a job that agents take or as a missed one.
 */
class EmissionModelTest {

  /** The same rounds in every build; others on demand. */
  private static final long SEED = Long.getLong("argos.seed", 1);

  private static final long TICK = 250;

  private static final AtomicLong ROUNDS = new AtomicLong();

  private final EmissionDesk desk = new EmissionDesk();
  private final long seed = SEED + ROUNDS.getAndIncrement();
  private final Random random = new Random(seed);
  private final Log log = new Log();
  private final List<Target> targets = new ArrayList<>();

  /** By resource: from when on which slots are expected; the last entry is in force. */
  private final Map<String, List<Span>> expected = new HashMap<>();

  private final List<String> suspended = new ArrayList<>();

  /** Of each instance; all see every change, and the leader acts on it. */
  private final List<Changes> instances =
      List.of(new Changes(), new Changes(), new Changes(), new Changes());

  private long now = EmissionDesk.START;
  private long epoch;
  private Optional<Checkpoint> saved = Optional.empty();

  private record Span(Target target, long from) {}

  /** A leader whose work goes to the log under its epoch. */
  private record Leader(Emission emission, long epoch) {}

  @RepeatedTest(20)
  void everySlotThatIsDueIsAJobOrAMissedOne() throws InterruptedException {
    for (int n = 0; n < 25; n++) {
      Target target = target("r" + n);
      targets.add(target);
      expected.computeIfAbsent("r" + n, _ -> new ArrayList<>()).add(new Span(target, now));
    }
    Leader leader = elect();
    // The first leader has promised nothing before its first turn is through, and notes it then.
    turn(leader);
    saved = Optional.of(desk.checkpoint(leader.emission, now));
    for (int term = 0; term < 40; term++) {
      for (int turn = 0; turn < 5 + random.nextInt(80); turn++) {
        log.trouble = random.nextInt(10) == 0 ? random.nextInt(1, 3) : 0;
        if (random.nextInt(40) == 0) {
          suspendOrResume();
        }
        if (random.nextInt(60) == 0) {
          change();
        }
        turn(leader);
        now += TICK;
      }
      log.trouble = 0;
      leader = random.nextBoolean() ? followACaretaker(leader) : followAfterADeath();
    }
    for (int turn = 0; turn < 40; turn++) {
      turn(leader);
      now += TICK;
    }

    assertEverySlotIsInTheLog(leader.emission.watermark());
  }

  /** The old leader goes on under its epoch until it sees the new one, and for a moment longer. */
  private Leader followACaretaker(Leader former) throws InterruptedException {
    Leader next = elect();
    for (int turn = 0; turn < random.nextInt(12); turn++) {
      turn(former);
      if (random.nextBoolean()) {
        turn(next);
      }
      now += TICK;
    }
    return next;
  }

  /** Mostly within the lookahead; now and then nobody leads for minutes. */
  private Leader followAfterADeath() throws InterruptedException {
    now += random.nextInt(5) == 0 ? 30_000 + random.nextInt(240_000) : random.nextInt(12_000);
    Leader next = elect();
    // What was due under a timing that nobody knows any more is not told: none changes before this.
    turn(next);
    return next;
  }

  /** Takes the checkpoint that is there before the epoch is, as a takeover does. */
  private Leader elect() {
    epoch++;
    log.highest = epoch;
    Emission.Parts parts =
        new Emission.Parts(
            desk.parts.agenda(),
            instances.get((int) (epoch % instances.size())),
            desk.zones,
            desk.parts.jobs(),
            log,
            desk.parts.meters(),
            desk.config);
    return new Leader(new Emission(parts, new FakeTerm(epoch), saved, now), epoch);
  }

  private void turn(Leader leader) throws InterruptedException {
    boolean through = leader.emission.turn(now);
    // What a caretaker notes after it was followed is no one's beginning.
    if (through && leader.epoch == epoch && random.nextInt(3) == 0) {
      saved = Optional.of(desk.checkpoint(leader.emission, now));
    }
  }

  private void suspendOrResume() {
    // A few at a time, so that most slots are due.
    boolean resume = suspended.size() > 4 || !suspended.isEmpty() && random.nextBoolean();
    String resource =
        resume
            ? suspended.remove(random.nextInt(suspended.size()))
            : targets.get(random.nextInt(targets.size())).key().resourceId();
    if (!resume && !suspended.contains(resource)) {
      suspended.add(resource);
    }
    String id = Long.toString(now);
    desk.suspensions.read(
        resource + "|" + id,
        Optional.of(
            Directive.newBuilder()
                .setId(id)
                .setResourceId(resource)
                .setKind(resume ? Suspensions.RESUME : Suspensions.SUSPEND)
                .setAuthor("model")
                .setAt(Instant.ofEpochMilli(now))
                .build()));
    for (Target target : desk.index.ofResource(resource)) {
      instances.forEach(changes -> changes.changed(target.key(), now - 1, now));
    }
  }

  private void change() {
    int place = random.nextInt(targets.size());
    Target changed = target("r" + place);
    targets.set(place, changed);
    instances.forEach(changes -> changes.renewed(changed.key(), now));
    expected.get("r" + place).add(new Span(changed, now));
  }

  private Target target(String resource) {
    return desk.put(resource, Duration.ofSeconds(5 + random.nextInt(60)), "main");
  }

  private void assertEverySlotIsInTheLog(long end) {
    int slots = 0;
    for (List<Span> spans : expected.values()) {
      for (int n = 0; n < spans.size(); n++) {
        Target target = spans.get(n).target;
        long until = n + 1 < spans.size() ? spans.get(n + 1).from : end;
        for (long due : EmissionDesk.slots(target).between(spans.get(n).from, until).toArray()) {
          TargetKey key = target.key();
          if (!desk.suspensions.covers(key.resourceId(), key.plugin(), due)) {
            slots++;
            assertThat(log.told)
                .as("seed %d resource %s due %d", seed, key.resourceId(), due)
                .contains(JobId.scheduled(key, due));
          }
        }
      }
    }
    assertThat(slots).as("seed %d", seed).isGreaterThan(100);
  }

  /** Keeps the ids of jobs that agents take and of missed ones; loses records or acks at will. */
  private final class Log implements JobSink {
    private final Set<String> told = new HashSet<>();
    private long highest;

    /** 1: the record is lost; 2: it is there, and its acknowledgement lost. */
    private int trouble;

    @Override
    public boolean reaches(String zone) {
      return true;
    }

    @Override
    public Future<?> job(Job job) {
      assertThat(
              desk.suspensions.covers(
                  job.getResourceId(), job.getPlugin(), job.getDueAt().toEpochMilli()))
          .as("seed %d: a job that is suspended", seed)
          .isFalse();
      return written(job.getJobId(), job.getEpoch());
    }

    @Override
    public Future<?> outcome(Outcome outcome) {
      return written(outcome.getJobId(), highest);
    }

    private Future<?> written(String id, long under) {
      // An older epoch's job behind the new epoch is fenced.
      if (trouble != 1 && under >= highest) {
        told.add(id);
      }
      return trouble == 0
          ? CompletableFuture.completedFuture(id)
          : CompletableFuture.failedFuture(new IOException("as planned"));
    }

    @Override
    public Duration patience() {
      return Duration.ofSeconds(1);
    }
  }
}
