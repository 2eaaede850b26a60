package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.ScheduleConfig;
import io.argos.schemas.Checkpoint;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
 * A stage of several instances that hear of everything at times of their own, whose clocks differ,
 * and which are restarted with other timings. Leaders die, are closed, or go on beside their
 * successors; resources come and go; work is suspended, also ahead of time and in retrospect.
 * Whenever a leader says how far it is, every slot up to there is in the log.
 */
class SchedulerModelTest {

  /** The same rounds in every build; others on demand. */
  private static final long SEED = Long.getLong("argos.seed", 1);

  private static final AtomicLong ROUNDS = new AtomicLong();
  private static final long TICK = 250;
  private static final int SKEW = 1_500;

  private final long seed = SEED + ROUNDS.getAndIncrement();
  private final Random random = new Random(seed);
  private final ScheduleConfig config =
      new ScheduleConfig(
          Duration.ofSeconds(List.of(8, 12, 30, 60).get(random.nextInt(4))),
          Duration.ofMillis(TICK),
          ZoneOffset.UTC,
          Duration.ofMinutes(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofHours(1));
  private final int longestLag =
      (int) Math.min(5_000, config.lookahead().toMillis() - 2 * SKEW - 3_000);
  private final ModelEstate estate = new ModelEstate(random);
  private final List<ModelInstance> instances = new ArrayList<>();
  private final Set<String> told = new HashSet<>();

  /** By plugin: the timing that a leader has noted, and since when it is in force. */
  private final Map<String, Force> inForce = new HashMap<>();

  private final List<Leader> caretakers = new ArrayList<>();
  private Optional<Leader> leader = Optional.empty();
  private long epoch;
  private int checked;

  /** 1: what is written is lost; 2: it is there, and its acknowledgement lost. */
  private int trouble;

  private record Force(Timing timing, long since) {}

  @RepeatedTest(4)
  void whatALeaderSaysOfItsProgressIsSo() throws InterruptedException {
    estate.now += 10_000;
    for (int n = 0; n < 4; n++) {
      instances.add(started());
    }
    elect();
    for (int term = 0; term < 10; term++) {
      steps(random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt(100));
      depose();
      steps(random.nextInt(4) == 0 ? random.nextInt(700) : random.nextInt(40));
      elect();
    }
    // Long enough to work off whatever is left.
    Leader last = leader.orElseThrow();
    for (int n = 0; n < 200; n++) {
      estate.now += TICK;
      last.instance.hear(estate.now);
      last.turn();
    }

    assertThat(last.emission.progress().at()).as("seed %d", seed).isEqualTo(last.clock());
    last.assertEverySlotIsInTheLog(Long.MIN_VALUE);
    assertThat(checked).as("seed %d", seed).isGreaterThan(100);
  }

  private void steps(int count) throws InterruptedException {
    for (int n = 0; n < count; n++) {
      estate.now += random.nextInt(150) == 0 ? random.nextInt(12_000) : TICK;
      estate.happen();
      if (random.nextInt(130) == 0) {
        restart();
      }
      for (ModelInstance instance : instances) {
        if (random.nextInt(20) == 0) {
          instance.lag = random.nextBoolean() ? random.nextInt(50) : random.nextInt(longestLag);
        }
        instance.hear(estate.now - instance.lag);
      }
      trouble = random.nextInt(10) == 0 ? 1 + random.nextInt(2) : 0;
      if (leader.isPresent()) {
        leader.get().turn();
      }
      for (Leader former : List.copyOf(caretakers)) {
        if (random.nextInt(8) == 0) {
          former.instance.leading = false;
          caretakers.remove(former);
        } else if (random.nextBoolean()) {
          former.turn();
        }
      }
      trouble = 0;
    }
  }

  private void restart() {
    int place = random.nextInt(instances.size());
    if (!instances.get(place).leading) {
      instances.set(place, started());
    }
  }

  private ModelInstance started() {
    return new ModelInstance(
        config, estate.timings, random.nextInt(2 * SKEW) - SKEW, estate.topics);
  }

  private void depose() {
    Leader former = leader.orElseThrow();
    leader = Optional.empty();
    switch (random.nextInt(3)) {
      case 0 -> caretakers.add(former);
      case 1 -> {
        former.note(true);
        former.instance.leading = false;
      }
      default -> instances.set(instances.indexOf(former.instance), started());
    }
  }

  private void elect() {
    List<ModelInstance> free = instances.stream().filter(instance -> !instance.leading).toList();
    ModelInstance next = free.get(random.nextInt(free.size()));
    next.hear(ModelEstate.CHECKPOINTS, estate.now);
    leader = Optional.of(new Leader(next, ++epoch));
    leader.get().note(true);
  }

  /** A leader whose work goes to the log under its epoch. */
  private final class Leader implements JobSink {
    private final ModelInstance instance;
    private final long term;
    private final long began;
    private final Emission emission;

    Leader(ModelInstance instance, long term) {
      this.instance = instance;
      this.term = term;
      this.began = clock();
      this.emission = instance.lead(new FakeTerm(term), this, estate.now);
    }

    long clock() {
      return estate.now + instance.clockAhead;
    }

    void turn() throws InterruptedException {
      if (emission.turn(clock()) && random.nextInt(4) == 0) {
        note(random.nextInt(4) > 0);
      }
    }

    /** Writes a checkpoint, which may be lost on its way. */
    void note(boolean arrives) {
      Checkpoint checkpoint = ModelInstance.checkpoint(emission, term);
      boolean counts = term == epoch;
      if (counts && checkpoint.getTimings().equals(instance.index.signatures())) {
        instance.timings.forEach((plugin, timing) ->
            inForce.merge(
                plugin,
                new Force(timing, began),
                (before, next) -> before.timing.equals(timing) ? before : next));
      }
      if (counts && checkpoint.getAt().toEpochMilli() == clock() && random.nextInt(5) == 0) {
        assertEverySlotIsInTheLog(clock() - 100_000);
      }
      if (arrives) {
        estate.append(ModelEstate.CHECKPOINTS, each -> each.note(checkpoint));
      }
    }

    void assertEverySlotIsInTheLog(long from) {
      long end = emission.watermark();
      instance.since.forEach((key, since) -> {
        Force force = inForce.get(key.plugin());
        if (force == null || !force.timing.equals(instance.timings.get(key.plugin()))) {
          return;
        }
        long begin = Math.max(from, Math.max(since, force.since));
        for (Due due : instance.index.due(key, begin, end)) {
          if (!suspended(key, due.dueAt())) {
            checked++;
            assertThat(told)
                .as(
                    "seed %d %s due %d, by epoch %d at %d",
                    seed, key, due.dueAt(), term, estate.now)
                .contains(JobId.scheduled(key, due.dueAt()));
          }
        }
      });
    }

    /** Its predecessor may have known of a suspension that it has not read yet. */
    private boolean suspended(TargetKey key, long time) {
      return instance.suspensions.covers(key.resourceId(), key.plugin(), time)
          || estate.suspensions.covers(key.resourceId(), key.plugin(), time);
    }

    @Override
    public boolean reaches(String zone) {
      return true;
    }

    @Override
    public Future<?> job(Job job) {
      if (job.getReason() == JobReason.SCHEDULED) {
        assertDue(job.getResourceId(), job.getPlugin(), job.getDueAt());
      }
      // An older epoch's job behind the new epoch is fenced.
      return written(job.getJobId(), term);
    }

    @Override
    public Future<?> outcome(Outcome outcome) {
      if (outcome.getReason() == JobReason.SCHEDULED) {
        assertDue(outcome.getResourceId(), outcome.getPlugin(), outcome.getDueAt());
      }
      assertThat(outcome.getDueAt().toEpochMilli()).as("seed %d", seed).isLessThan(clock());
      return written(outcome.getJobId(), epoch);
    }

    private void assertDue(String resource, String plugin, Instant dueAt) {
      long due = dueAt.toEpochMilli();
      assertThat(instance.suspensions.covers(resource, plugin, due)).as("seed %d", seed).isFalse();
      assertThat(
              instance
                  .timings
                  .get(plugin)
                  .slotsOf(TargetKey.of("polling", plugin, resource))
                  .next(due - 1))
          .as("seed %d", seed)
          .isEqualTo(due);
    }

    private Future<?> written(String id, long under) {
      if (trouble != 1 && under >= epoch) {
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
