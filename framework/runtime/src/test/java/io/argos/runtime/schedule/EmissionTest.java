package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Checkpoint;
import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmissionTest {

  /** The same rounds in every build; others on demand. */
  private static final long SEED = Long.getLong("argos.seed", 1);

  private final EmissionDesk desk = new EmissionDesk();

  @Test
  void emitsEverySlotOnceAndOneLookaheadAhead() throws InterruptedException {
    Target target = desk.put("r1", EmissionDesk.MINUTE, "main");
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);

    for (long now = EmissionDesk.START; now <= EmissionDesk.START + 300_000; now += 250) {
      assertThat(emission.turn(now)).isTrue();
      assertThat(emission.watermark()).isEqualTo(now + EmissionDesk.LOOKAHEAD);
    }

    assertThat(desk.sink.dueTimes())
        .isEqualTo(
            EmissionDesk.slots(target)
                .between(EmissionDesk.START, EmissionDesk.START + 330_000)
                .boxed()
                .toList());
    assertThat(desk.sink.outcomes).isEmpty();
    Job job = desk.sink.jobs.getFirst();
    assertThat(job.getEpoch()).isEqualTo(7);
    assertThat(job.getJobId())
        .isEqualTo(JobId.scheduled(target.key(), job.getDueAt().toEpochMilli()));
    assertThat(job.getExpireAt()).isEqualTo(job.getDueAt().plus(EmissionDesk.MINUTE));
    assertThat(job.getLeaseUntil())
        .isBetween(
            Instant.ofEpochMilli(EmissionDesk.START), job.getDueAt().plus(Duration.ofMinutes(15)));
  }

  @Test
  void aLookaheadLongerThanTheIntervalEmitsSeveralSlotsAhead() throws InterruptedException {
    Target target = desk.put("r1", Duration.ofSeconds(10), "main");

    new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START)
        .turn(EmissionDesk.START);

    assertThat(desk.sink.dueTimes())
        .isEqualTo(
            EmissionDesk.slots(target)
                .between(EmissionDesk.START, EmissionDesk.START + EmissionDesk.LOOKAHEAD)
                .boxed()
                .toList())
        .hasSize(3);
  }

  /** Leaders die at random moments; each successor knows only what was checkpointed. */
  @Test
  void missesNoSlotWhateverTheMomentsAtWhichLeadersDie() throws InterruptedException {
    Random random = new Random(SEED);
    List<Target> targets = new ArrayList<>();
    for (int n = 0; n < 40; n++) {
      targets.add(desk.put("r" + n, Duration.ofSeconds(5 + random.nextInt(60)), "main"));
    }
    long now = EmissionDesk.START;
    Optional<Checkpoint> saved = Optional.empty();
    for (int leader = 0; leader < 30; leader++) {
      Emission emission = new Emission(desk.parts, desk.term, saved, now);
      boolean noted = false;
      for (int turn = 0; turn < 1 + random.nextInt(40); turn++) {
        // Before its first turn is through, the very first leader has promised nothing to anybody.
        desk.sink.broken = random.nextInt(8) == 0 && !desk.sink.jobs.isEmpty();
        boolean through = emission.turn(now);
        // As a term does: after its first turn that is through, and then now and again.
        if (through && (!noted || random.nextInt(3) == 0)) {
          saved = Optional.of(desk.checkpoint(emission, now));
          noted = true;
        }
        now += 250;
      }
      desk.sink.broken = false;
      // Detection and election, well within the lookahead.
      now += random.nextInt(12_000);
    }
    Emission last = new Emission(desk.parts, desk.term, saved, now);
    assertThat(last.turn(now)).isTrue();

    Set<String> ids = new HashSet<>();
    desk.sink.jobs.forEach(job -> ids.add(job.getJobId()));
    for (Target target : targets) {
      assertThat(EmissionDesk.slots(target).between(EmissionDesk.START, last.watermark()).boxed())
          .as("seed %d", SEED)
          .isNotEmpty()
          .allMatch(at -> ids.contains(JobId.scheduled(target.key(), at)));
    }
    assertThat(desk.sink.outcomes).as("seed %d", SEED).isEmpty();
  }

  @Test
  void doesNotPromiseWhatIsNotAcknowledged() throws InterruptedException {
    desk.put("r1", Duration.ofSeconds(5), "main");
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    desk.sink.broken = true;
    assertThat(emission.turn(EmissionDesk.START)).isFalse();
    assertThat(emission.watermark()).isEqualTo(EmissionDesk.START);
    assertThat(emission.turn(EmissionDesk.START + 250)).isFalse();

    desk.sink.broken = false;

    assertThat(emission.turn(EmissionDesk.START + 500)).isTrue();
    assertThat(emission.watermark()).isEqualTo(EmissionDesk.START + 500 + EmissionDesk.LOOKAHEAD);
    assertThat(desk.sink.dueTimes()).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void sendsNothingUnderATermThatIsOver() throws InterruptedException {
    desk.put("r1", Duration.ofSeconds(5), "main");
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    desk.term.over = true;

    assertThat(emission.turn(EmissionDesk.START)).isFalse();

    assertThat(desk.sink.jobs).isEmpty();
    assertThat(emission.watermark()).isEqualTo(EmissionDesk.START);
  }

  @Test
  void aZoneWithoutAnAgentEndsInMissedOutcomesAndItsJobsAreStillThere()
      throws InterruptedException {
    Target target = desk.put("r1", Duration.ofSeconds(10), "far");
    desk.put("r2", Duration.ofSeconds(10), "main");
    desk.zones.listen(EmissionDesk.START - 60_000);
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    for (long now = EmissionDesk.START; now <= EmissionDesk.START + 60_000; now += 250) {
      desk.zones.heard(EmissionDesk.heartbeat("main", now));
      emission.turn(now);
    }

    assertThat(desk.sink.outcomes)
        .allMatch(outcome -> outcome.getCause().equals(MissedCause.NO_AGENT))
        .extracting(Outcome::getJobId)
        .containsExactlyElementsOf(
            EmissionDesk.slots(target)
                .between(EmissionDesk.START - 10_000, EmissionDesk.START + 50_000)
                .mapToObj(due -> JobId.scheduled(target.key(), due))
                .toList());
    assertThat(desk.sink.jobs).filteredOn(job -> job.getZone().equals("far")).hasSize(9);
  }

  @Test
  void aLeaderThatStoodStillTakesNoAgentForGone() throws InterruptedException {
    desk.put("r1", Duration.ofSeconds(10), "main");
    desk.zones.listen(EmissionDesk.START - 60_000);
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    desk.zones.heard(EmissionDesk.heartbeat("main", EmissionDesk.START));
    emission.turn(EmissionDesk.START);

    // The first turn comes before what the agents have said meanwhile.
    for (long now = EmissionDesk.START + 25_000; now <= EmissionDesk.START + 60_000; now += 250) {
      emission.turn(now);
      desk.zones.heard(EmissionDesk.heartbeat("main", now));
    }

    assertThat(desk.sink.outcomes).isEmpty();
  }

  @Test
  void aLeaderThatStoodStillLeavesOutNoSlotOfAZoneWithoutAnAgent() throws InterruptedException {
    Target target = desk.put("r1", Duration.ofSeconds(10), "far");
    desk.zones.listen(EmissionDesk.START - 60_000);
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    emission.turn(EmissionDesk.START);

    for (long now = EmissionDesk.START + 25_000; now <= EmissionDesk.START + 60_000; now += 250) {
      emission.turn(now);
    }

    assertThat(desk.sink.outcomes)
        .extracting(Outcome::getJobId)
        .containsExactlyElementsOf(
            EmissionDesk.slots(target)
                .between(EmissionDesk.START - 10_000, EmissionDesk.START + 50_000)
                .mapToObj(due -> JobId.scheduled(target.key(), due))
                .toList());
  }

  @Test
  void anAgentThatWasSilentForAMomentMissesNothing() throws InterruptedException {
    desk.put("r1", Duration.ofSeconds(10), "main");
    desk.zones.listen(EmissionDesk.START - 60_000);
    desk.zones.heard(EmissionDesk.heartbeat("main", EmissionDesk.START));
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);

    for (long now = EmissionDesk.START; now <= EmissionDesk.START + 14_000; now += 250) {
      emission.turn(now);
    }

    assertThat(desk.sink.outcomes).isEmpty();
  }

  @Test
  void aZoneWithoutATopicHoldsUpNoOther() throws InterruptedException {
    desk.put("r1", Duration.ofSeconds(10), "typo");
    desk.put("r2", Duration.ofSeconds(10), "main");
    desk.sink.unknownZones.add("typo");
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);

    assertThat(emission.turn(EmissionDesk.START)).isTrue();

    assertThat(desk.sink.jobs).hasSize(3).extracting(Job::getZone).containsOnly("main");
    assertThat(desk.sink.outcomes).extracting(Outcome::getCause).containsOnly(MissedCause.NO_TOPIC);
  }
}
