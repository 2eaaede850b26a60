package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Checkpoint;
import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one leader leaves to the next, or to itself when it is elected again. */
class EmissionTakeoverTest {

  private static final Duration SHORT = Duration.ofSeconds(10);

  private final EmissionDesk desk = new EmissionDesk();

  @Test
  void aTermThatEndsBeforeItsFirstTurnPromisesWhatItsPredecessorDid() throws InterruptedException {
    Target before = desk.put("r1", EmissionDesk.MINUTE, "main");
    Checkpoint saved = turned(EmissionDesk.START);
    desk.put("r1", SHORT, "main");
    long elected = EmissionDesk.START + 40_000;

    Emission shortLived = begun(saved, elected);

    assertThat(EmissionDesk.checkpoint(shortLived)).isEqualTo(saved);
    assertThat(shortLived.watermark())
        .isGreaterThanOrEqualTo(EmissionDesk.slots(before).previous(EmissionDesk.START));
  }

  @Test
  void whatALeaderHasNotWorkedOffIsLeftToTheNext() throws InterruptedException {
    desk.put("r0", EmissionDesk.MINUTE, "main");
    Checkpoint saved = turned(EmissionDesk.START);
    long changedAt = EmissionDesk.START + 1_000;
    List<Target> added = new ArrayList<>();
    // More than a turn may emit of late jobs.
    for (int n = 0; n < 300; n++) {
      Target target = desk.put("new" + n, SHORT, "main");
      added.add(target);
      desk.changes.renewed(target.key(), changedAt);
    }
    long elected = EmissionDesk.START + 25_000;
    Emission overtaxed = begun(saved, elected);
    assertThat(overtaxed.turn(elected)).isTrue();
    Checkpoint left = EmissionDesk.checkpoint(overtaxed);
    long later = elected + 60_000;

    Emission next = begun(left, later);
    for (long now = later; now < later + 5_000; now += 250) {
      next.turn(now);
    }

    assertThat(left.getAt()).isEqualTo(saved.getAt());
    for (Target target : added) {
      assertThat(desk.sink.told())
          .containsAll(
              EmissionDesk.slots(target)
                  .between(changedAt, next.watermark())
                  .mapToObj(due -> JobId.scheduled(target.key(), due))
                  .toList());
    }
  }

  @Test
  void aLeaderThatIsElectedAgainActsOnWhatItCouldNotWrite() throws InterruptedException {
    Target target = desk.put("r1", SHORT, "main");
    Checkpoint saved = turned(EmissionDesk.START);
    desk.changes.renewed(target.key(), EmissionDesk.START + 100);
    desk.changes.first(target.key(), "revision 2", EmissionDesk.START + 100);
    desk.sink.jobs.clear();
    desk.sink.broken = true;
    assertThat(begun(saved, EmissionDesk.START + 250).turn(EmissionDesk.START + 250)).isFalse();
    desk.sink.broken = false;

    Emission again = begun(saved, EmissionDesk.START + 16_000);
    again.turn(EmissionDesk.START + 16_000);

    assertThat(desk.sink.jobs).extracting(Job::getCause).contains("revision 2");
    assertThat(desk.sink.told())
        .containsAll(
            EmissionDesk.slots(target)
                .between(EmissionDesk.START + 100, again.watermark())
                .mapToObj(due -> JobId.scheduled(target.key(), due))
                .toList());
  }

  @Test
  void aPredecessorWhoseClockWasAheadHidesNoSlotOfATimingThatIsNew() throws InterruptedException {
    desk.put("r1", EmissionDesk.MINUTE, "main");
    Checkpoint saved = turned(EmissionDesk.START + 9_000);
    Target changed = desk.put("r1", Duration.ofSeconds(2), "main");
    desk.sink.jobs.clear();

    begun(saved, EmissionDesk.START).turn(EmissionDesk.START);

    assertThat(desk.sink.dueTimes())
        .containsAll(
            EmissionDesk.slots(changed)
                .between(EmissionDesk.START, EmissionDesk.START + EmissionDesk.LOOKAHEAD)
                .boxed()
                .toList());
  }

  @Test
  void theFirstOfAllCronTimesIsAJob() throws InterruptedException {
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    emission.turn(EmissionDesk.START);
    Target target =
        TargetIndexTest.target(
            TargetKey.of("polling", "inventory", "r1"),
            new Timing.Cron("20 0 0 1 3 ? 2026", ZoneOffset.UTC),
            "main");
    desk.index.put(target);
    desk.changes.renewed(target.key(), EmissionDesk.START + 100);

    emission.turn(EmissionDesk.START + 250);

    assertThat(desk.sink.dueTimes()).containsExactly(EmissionDesk.START + 20_000);
    assertThat(desk.sink.outcomes).isEmpty();
  }

  @Test
  void aPluginThatIsNewHasItsFirstCronTimeToo() throws InterruptedException {
    desk.put("r1", EmissionDesk.MINUTE, "main");
    Checkpoint saved = turned(EmissionDesk.START);
    Target target =
        TargetIndexTest.target(
            TargetKey.of("polling", "inventory", "r1"),
            new Timing.Cron("20 0 0 1 3 ? 2026", ZoneOffset.UTC),
            "main");
    desk.index.put(target);

    begun(saved, EmissionDesk.START + 5_000).turn(EmissionDesk.START + 5_000);

    assertThat(desk.sink.jobs)
        .extracting(Job::getJobId)
        .contains(JobId.scheduled(target.key(), EmissionDesk.START + 20_000));
  }

  @Test
  void slotsThatExpireBeforeAZoneCountsAsSilentAreMissedOnes() throws InterruptedException {
    Target target = desk.put("r1", Duration.ofSeconds(5), "far");
    desk.zones.listen(EmissionDesk.START - 60_000);
    desk.zones.heard(EmissionDesk.heartbeat("far", EmissionDesk.START));
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);

    for (long now = EmissionDesk.START; now <= EmissionDesk.START + 30_000; now += 250) {
      emission.turn(now);
    }

    assertThat(desk.sink.outcomes)
        .extracting(Outcome::getJobId)
        .containsExactlyElementsOf(
            EmissionDesk.slots(target)
                .between(EmissionDesk.START, EmissionDesk.START + 25_000)
                .mapToObj(due -> JobId.scheduled(target.key(), due))
                .toList());
  }

  @Test
  void aClockThatWasAheadForAMomentLeavesOutNoSlotOfAZoneWithoutAnAgent()
      throws InterruptedException {
    Target target = desk.put("r1", SHORT, "far");
    desk.zones.listen(EmissionDesk.START - 60_000);
    desk.zones.heard(EmissionDesk.heartbeat("far", EmissionDesk.START));
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    emission.turn(EmissionDesk.START);
    desk.zones.heard(EmissionDesk.heartbeat("far", EmissionDesk.START + 3_600_000));
    emission.turn(EmissionDesk.START + 3_600_000);
    desk.sink.outcomes.clear();

    for (long now = EmissionDesk.START; now <= EmissionDesk.START + 60_000; now += 250) {
      emission.turn(now);
    }

    assertThat(desk.sink.outcomes)
        .extracting(Outcome::getJobId)
        .containsExactlyElementsOf(
            EmissionDesk.slots(target)
                .between(EmissionDesk.START, EmissionDesk.START + 50_000)
                .mapToObj(due -> JobId.scheduled(target.key(), due))
                .toList());
  }

  /** The checkpoint of a term that has done all that there was at a time. */
  private Checkpoint turned(long now) throws InterruptedException {
    Emission former = new Emission(desk.parts, desk.term, Optional.empty(), now);
    former.turn(now);
    return EmissionDesk.checkpoint(former);
  }

  private Emission begun(Checkpoint saved, long now) {
    return new Emission(desk.parts, desk.term, Optional.of(saved), now);
  }
}
