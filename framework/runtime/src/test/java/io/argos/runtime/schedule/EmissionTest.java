package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.ScheduleConfig;
import io.argos.schemas.Checkpoint;
import io.argos.schemas.Directive;
import io.argos.schemas.Heartbeat;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EmissionTest {

  private static final long SEED = Long.getLong("argos.seed", System.nanoTime());
  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final long LOOKAHEAD = 30_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ScheduleConfig config =
      new ScheduleConfig(
          Duration.ofMillis(LOOKAHEAD),
          Duration.ofMillis(250),
          ZoneOffset.UTC,
          Duration.ofMinutes(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofHours(1));
  private final TargetIndex index = new TargetIndex();
  private final Suspensions suspensions = new Suspensions();
  private final Changes changes = new Changes();
  private final ZoneWatch zones = new ZoneWatch("polling", config.agentSilence());
  private final RecordingSink sink = new RecordingSink();
  private final FakeTerm term = new FakeTerm(7);
  private final Emission.Parts parts =
      new Emission.Parts(
          new Agenda(index, suspensions),
          changes,
          zones,
          new JobFactory("one", config),
          sink,
          new SchedulerMeters(new SimpleMeterRegistry(), "polling"),
          config);

  @Test
  void emitsEverySlotOnceAndOneLookaheadAhead() throws InterruptedException {
    Target target = put("r1", MINUTE, "main");
    Emission emission = new Emission(parts, term, Optional.empty(), START);

    for (long now = START; now <= START + 300_000; now += 250) {
      assertThat(emission.turn(now)).isTrue();
      assertThat(emission.watermark()).isEqualTo(now + LOOKAHEAD);
    }

    assertThat(sink.dueTimes())
        .isEqualTo(slots(target).between(START, START + 330_000).boxed().toList());
    assertThat(sink.outcomes).isEmpty();
    Job job = sink.jobs.getFirst();
    assertThat(job.getEpoch()).isEqualTo(7);
    assertThat(job.getJobId())
        .isEqualTo(JobId.scheduled(target.key(), job.getDueAt().toEpochMilli()));
    assertThat(job.getExpireAt()).isEqualTo(job.getDueAt().plus(MINUTE));
    assertThat(job.getLeaseUntil())
        .isBetween(Instant.ofEpochMilli(START), job.getDueAt().plus(Duration.ofMinutes(15)));
  }

  @Test
  void aLookaheadLongerThanTheIntervalEmitsSeveralSlotsAhead() throws InterruptedException {
    Target target = put("r1", Duration.ofSeconds(10), "main");

    new Emission(parts, term, Optional.empty(), START).turn(START);

    assertThat(sink.dueTimes())
        .isEqualTo(slots(target).between(START, START + LOOKAHEAD).boxed().toList())
        .hasSize(3);
  }

  /** Leaders die at random moments; each successor knows only what was checkpointed. */
  @Test
  void missesNoSlotWhateverTheMomentsAtWhichLeadersDie() throws InterruptedException {
    Random random = new Random(SEED);
    List<Target> targets = new ArrayList<>();
    for (int n = 0; n < 40; n++) {
      targets.add(put("r" + n, Duration.ofSeconds(5 + random.nextInt(60)), "main"));
    }
    long now = START;
    Optional<Checkpoint> saved = Optional.empty();
    for (int leader = 0; leader < 30; leader++) {
      Emission emission = new Emission(parts, term, saved, now);
      for (int turn = 0; turn < 1 + random.nextInt(40); turn++) {
        // Before its first turn is through, the very first leader has promised nothing to anybody.
        sink.broken = random.nextInt(8) == 0 && !sink.jobs.isEmpty();
        boolean through = emission.turn(now);
        if (through && random.nextInt(3) == 0) {
          saved = Optional.of(checkpoint(emission, now));
        }
        now += 250;
      }
      sink.broken = false;
      // Detection and election, well within the lookahead.
      now += random.nextInt(12_000);
    }
    Emission last = new Emission(parts, term, saved, now);
    assertThat(last.turn(now)).isTrue();

    Set<String> ids = new HashSet<>();
    sink.jobs.forEach(job -> ids.add(job.getJobId()));
    for (Target target : targets) {
      assertThat(slots(target).between(START, last.watermark()).boxed())
          .as("seed %d", SEED)
          .isNotEmpty()
          .allMatch(at -> ids.contains(JobId.scheduled(target.key(), at)));
    }
    assertThat(sink.outcomes).as("seed %d", SEED).isEmpty();
  }

  @Test
  void afterALongOutageEmitsTheNewestSlotAndCountsTheOthers() throws InterruptedException {
    Target target = put("r1", MINUTE, "main");
    long stopped = slots(target).next(START);
    long now = stopped + 5 * 60_000 + 1_000;

    Emission emission =
        new Emission(parts, term, Optional.of(checkpoint(stopped, stopped - LOOKAHEAD)), now);
    emission.turn(now);

    assertThat(sink.dueTimes()).containsExactly(stopped + 5 * 60_000);
    assertThat(sink.outcomes)
        .extracting(outcome -> outcome.getDueAt().toEpochMilli())
        .containsExactly(stopped + 60_000, stopped + 120_000, stopped + 180_000, stopped + 240_000);
    assertThat(sink.outcomes).extracting(Outcome::getCause).containsOnly(MissedCause.SCHEDULER);
    emission.turn(now + 250);
    assertThat(emission.watermark()).isEqualTo(now + 250 + LOOKAHEAD);
  }

  @Test
  void workingOffAnOutageAtMostDoublesTheRate() throws InterruptedException {
    for (int n = 0; n < 30_000; n++) {
      put("r" + n, MINUTE, "main");
    }
    long now = START + 3_600_000;
    Emission emission =
        new Emission(parts, term, Optional.of(checkpoint(now - 120_000, now - 150_000)), now);
    emission.turn(now);
    int ahead = sink.jobs.size();
    // Half the targets lie ahead within the lookahead, and a turn's share comes from the backlog.
    assertThat(ahead).isBetween(14_000, 16_500);

    for (int turn = 1; turn <= 40; turn++) {
      int before = sink.jobs.size();
      emission.turn(now + turn * 250L);
      assertThat(sink.jobs.size() - before).isLessThanOrEqualTo(2 * 125 + 60);
    }

    assertThat(emission.watermark()).isEqualTo(now - 120_000);
    for (int turn = 41; turn <= 400; turn++) {
      emission.turn(now + turn * 250L);
    }
    assertThat(emission.watermark()).isEqualTo(now + 400 * 250L + LOOKAHEAD);
    assertThat(sink.jobs.stream().map(Job::getJobId).distinct()).hasSize(sink.jobs.size());
    assertEveryMinuteSlotHasAnEnd(now - 120_000, now + 400 * 250L);
  }

  @Test
  void doesNotPromiseWhatIsNotAcknowledged() throws InterruptedException {
    put("r1", Duration.ofSeconds(5), "main");
    Emission emission = new Emission(parts, term, Optional.empty(), START);
    sink.broken = true;
    assertThat(emission.turn(START)).isFalse();
    assertThat(emission.watermark()).isEqualTo(START);
    assertThat(emission.turn(START + 250)).isFalse();

    sink.broken = false;

    assertThat(emission.turn(START + 500)).isTrue();
    assertThat(emission.watermark()).isEqualTo(START + 500 + LOOKAHEAD);
    assertThat(sink.dueTimes()).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void sendsNothingUnderATermThatIsOver() throws InterruptedException {
    put("r1", Duration.ofSeconds(5), "main");
    Emission emission = new Emission(parts, term, Optional.empty(), START);
    term.over = true;

    assertThat(emission.turn(START)).isFalse();

    assertThat(sink.jobs).isEmpty();
    assertThat(emission.watermark()).isEqualTo(START);
  }

  @Test
  void aClockThatJumpsForwardCausesNoBurst() throws InterruptedException {
    Target target = put("r1", MINUTE, "main");
    Emission emission = new Emission(parts, term, Optional.empty(), START);
    emission.turn(START);
    sink.jobs.clear();
    long now = START + 3_600_000;

    emission.turn(now);

    assertThat(sink.dueTimes())
        .containsExactlyInAnyOrderElementsOf(
            LongStream.concat(
                    LongStream.of(slots(target).previous(now)),
                    slots(target).between(now, now + LOOKAHEAD))
                .boxed()
                .toList());
    assertThat(sink.outcomes).hasSizeBetween(57, 59);
  }

  @Test
  void aClockThatGoesBackALittleEmitsNothingTwice() throws InterruptedException {
    put("r1", Duration.ofSeconds(5), "main");
    Emission emission = new Emission(parts, term, Optional.empty(), START);
    emission.turn(START);
    long promised = emission.watermark();

    for (long now = START - 20_000; now <= START; now += 1_000) {
      emission.turn(now);
      assertThat(emission.watermark()).isEqualTo(promised);
    }

    assertThat(sink.dueTimes()).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void aClockThatGoesBackFarDoesNotStopTheEmission() throws InterruptedException {
    put("r1", Duration.ofSeconds(5), "main");
    Emission emission = new Emission(parts, term, Optional.empty(), START);
    emission.turn(START);
    sink.jobs.clear();

    emission.turn(START - 3_600_000);

    assertThat(sink.dueTimes()).hasSize(6).allMatch(due -> due <= START - 3_600_000 + LOOKAHEAD);
  }

  @Test
  void aNewTargetGetsItsSlotsUpToTheWatermark() throws InterruptedException {
    put("r0", MINUTE, "main");
    Emission emission = new Emission(parts, term, Optional.empty(), START);
    emission.turn(START);
    sink.jobs.clear();
    Target added = put("r1", Duration.ofSeconds(10), "main");
    changes.changed(added.key(), START + 100);

    emission.turn(START + 250);

    assertThat(sink.dueTimes())
        .containsAll(slots(added).between(START + 250, START + 250 + LOOKAHEAD).boxed().toList());
    assertThat(sink.jobs).hasSize(3);
  }

  @Test
  void aFirstJobComesSoonAfterItsCauseAndConsumesNoSlot() throws InterruptedException {
    Target target = put("r1", MINUTE, "main");
    Emission emission = new Emission(parts, term, Optional.empty(), START);
    emission.turn(START);
    sink.jobs.clear();
    changes.first(target.key(), "revision 4", START + 100);

    emission.turn(START + 250);

    Job job = sink.jobs.getFirst();
    assertThat(sink.jobs).hasSize(1);
    assertThat(job.getReason()).isEqualTo(JobReason.FIRST);
    assertThat(job.getCause()).isEqualTo("revision 4");
    assertThat(job.getJobId()).isEqualTo(JobId.caused(target.key(), JobReason.FIRST, "revision 4"));
    assertThat(job.getDueAt().toEpochMilli()).isBetween(START + 100, START + 10_100);
    assertThat(job.getExpireAt()).isAfter(job.getDueAt());
  }

  @Test
  void aTakeoverActsOnWhatTheLastCheckpointDoesNotCover() throws InterruptedException {
    Target old = put("r1", MINUTE, "main");
    Target young = put("r2", MINUTE, "main");
    changes.first(old.key(), "long ago", START - 600_000);
    changes.first(young.key(), "just now", START - 1_000);
    Checkpoint saved = checkpoint(START + 25_000, START - 5_000);

    new Emission(parts, term, Optional.of(saved), START).turn(START);

    assertThat(sink.jobs)
        .filteredOn(job -> job.getReason() == JobReason.FIRST)
        .extracting(Job::getCause)
        .containsExactly("just now");
  }

  @Test
  void anIntervalThatWasChangedByARestartTakesEffectBeforeTheWatermark()
      throws InterruptedException {
    put("r1", MINUTE, "main");
    Emission former = new Emission(parts, term, Optional.empty(), START);
    former.turn(START);
    Checkpoint saved = checkpoint(former, START);
    sink.jobs.clear();
    Target changed = put("r1", Duration.ofSeconds(10), "main");

    new Emission(parts, term, Optional.of(saved), START + 5_000).turn(START + 5_000);

    assertThat(sink.dueTimes())
        .containsAll(slots(changed).between(START + 5_000, START + 35_000).boxed().toList());
  }

  @Test
  void aPluginThatTheFormerLeaderDidNotKnowGetsFirstJobs() throws InterruptedException {
    put("r1", MINUTE, "main");
    Checkpoint saved =
        Checkpoint.newBuilder(checkpoint(START + 25_000, START))
            .setTimings(Map.of("another", "x"))
            .build();

    new Emission(parts, term, Optional.of(saved), START).turn(START);

    assertThat(sink.jobs).extracting(Job::getReason).contains(JobReason.FIRST);
  }

  @Test
  void aZoneWithoutAnAgentEndsInMissedOutcomesAndItsJobsAreStillThere()
      throws InterruptedException {
    Target target = put("r1", Duration.ofSeconds(10), "far");
    put("r2", Duration.ofSeconds(10), "main");
    zones.listen(START - 60_000);
    Emission emission = new Emission(parts, term, Optional.empty(), START);
    for (long now = START; now <= START + 60_000; now += 250) {
      zones.heard(heartbeat("main", now));
      emission.turn(now);
    }

    assertThat(sink.outcomes)
        .allMatch(outcome -> outcome.getCause().equals(MissedCause.NO_AGENT))
        .extracting(Outcome::getJobId)
        .containsExactlyElementsOf(
            slots(target)
                .between(START - 10_000, START + 50_000)
                .mapToObj(due -> JobId.scheduled(target.key(), due))
                .toList());
    assertThat(sink.jobs).filteredOn(job -> job.getZone().equals("far")).hasSize(9);
  }

  @Test
  void anAgentThatWasSilentForAMomentMissesNothing() throws InterruptedException {
    put("r1", Duration.ofSeconds(10), "main");
    zones.listen(START - 60_000);
    zones.heard(heartbeat("main", START));
    Emission emission = new Emission(parts, term, Optional.empty(), START);

    for (long now = START; now <= START + 14_000; now += 250) {
      emission.turn(now);
    }

    assertThat(sink.outcomes).isEmpty();
  }

  @Test
  void aZoneWithoutATopicHoldsUpNoOther() throws InterruptedException {
    put("r1", Duration.ofSeconds(10), "typo");
    put("r2", Duration.ofSeconds(10), "main");
    sink.unknownZones.add("typo");
    Emission emission = new Emission(parts, term, Optional.empty(), START);

    assertThat(emission.turn(START)).isTrue();

    assertThat(sink.jobs).hasSize(3).extracting(Job::getZone).containsOnly("main");
    assertThat(sink.outcomes).extracting(Outcome::getCause).containsOnly(MissedCause.NO_TOPIC);
  }

  @Test
  void aSuspendedResourceIsNotDueAndGoesOnWithItsSlotsWhenResumed() throws InterruptedException {
    Target target = put("r1", Duration.ofSeconds(10), "main");
    Emission emission = new Emission(parts, term, Optional.empty(), START);
    emission.turn(START);
    long from = START + 10_000;
    long until = START + 100_000;
    suspensions.read("r1|one", Optional.of(directive(Suspensions.SUSPEND, from)));
    for (long now = from; now < until; now += 250) {
      emission.turn(now);
    }
    assertThat(emission.watermark()).isGreaterThan(until);
    assertThat(sink.dueTimes()).allMatch(due -> due <= START + LOOKAHEAD);

    suspensions.read("r1|two", Optional.of(directive(Suspensions.RESUME, until)));
    changes.changed(target.key(), until);
    for (long now = until; now <= until + 60_000; now += 250) {
      emission.turn(now);
    }

    assertThat(sink.dueTimes())
        .filteredOn(due -> due > START + LOOKAHEAD)
        .isEqualTo(slots(target).between(until, until + 60_000 + LOOKAHEAD).boxed().toList());
    assertThat(sink.jobs).extracting(Job::getReason).containsOnly(JobReason.SCHEDULED);
    assertThat(sink.outcomes).isEmpty();
  }

  private static Directive directive(String kind, long at) {
    return Directive.newBuilder()
        .setId(kind)
        .setResourceId("r1")
        .setKind(kind)
        .setAuthor("somebody")
        .setAt(Instant.ofEpochMilli(at))
        .build();
  }

  private void assertEveryMinuteSlotHasAnEnd(long from, long to) {
    Set<String> ids = new HashSet<>();
    sink.jobs.forEach(job -> ids.add(job.getJobId()));
    sink.outcomes.forEach(outcome -> ids.add(outcome.getJobId()));
    assertThat(index.due(from, to))
        .allMatch(due -> ids.contains(JobId.scheduled(due.target().key(), due.dueAt())));
  }

  private Target put(String resource, Duration interval, String zone) {
    Target target =
        TargetIndexTest.target(
            TargetKey.of("polling", "interfaces", resource), new Timing.Every(interval), zone);
    index.put(target);
    return target;
  }

  private static Slots slots(Target target) {
    return Slots.of(target.key(), ((Timing.Every) target.timing()).interval());
  }

  private Checkpoint checkpoint(Emission emission, long at) {
    return checkpoint(emission.watermark(), at);
  }

  private Checkpoint checkpoint(long watermark, long at) {
    return Checkpoint.newBuilder()
        .setStage("polling")
        .setWatermark(Instant.ofEpochMilli(watermark))
        .setEpoch(6)
        .setAt(Instant.ofEpochMilli(at))
        .setTimings(index.signatures())
        .build();
  }

  private static Heartbeat heartbeat(String zone, long at) {
    return Heartbeat.newBuilder()
        .setInstance("agent")
        .setStage("polling")
        .setZone(zone)
        .setAt(Instant.ofEpochMilli(at))
        .setStartedAt(Instant.ofEpochMilli(at))
        .setReady(true)
        .build();
  }
}
