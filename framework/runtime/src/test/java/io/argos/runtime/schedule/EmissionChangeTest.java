package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Checkpoint;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What follows from targets that are new, changed, suspended or asked for. */
class EmissionChangeTest {

  private final EmissionDesk desk = new EmissionDesk();

  @Test
  void aNewTargetGetsItsSlotsUpToTheWatermark() throws InterruptedException {
    desk.put("r0", EmissionDesk.MINUTE, "main");
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    emission.turn(EmissionDesk.START);
    desk.sink.jobs.clear();
    Target added = desk.put("r1", Duration.ofSeconds(10), "main");
    desk.changes.renewed(added.key(), EmissionDesk.START + 100);

    emission.turn(EmissionDesk.START + 250);

    assertThat(desk.sink.dueTimes())
        .containsAll(
            EmissionDesk.slots(added)
                .between(
                    EmissionDesk.START + 250, EmissionDesk.START + 250 + EmissionDesk.LOOKAHEAD)
                .boxed()
                .toList());
    assertThat(desk.sink.jobs).hasSize(3);
  }

  @Test
  void aFirstJobComesSoonAfterItsCauseAndConsumesNoSlot() throws InterruptedException {
    Target target = desk.put("r1", EmissionDesk.MINUTE, "main");
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    emission.turn(EmissionDesk.START);
    desk.sink.jobs.clear();
    desk.changes.first(target.key(), "revision 4", EmissionDesk.START + 100);

    emission.turn(EmissionDesk.START + 250);

    Job job = desk.sink.jobs.getFirst();
    assertThat(desk.sink.jobs).hasSize(1);
    assertThat(job.getReason()).isEqualTo(JobReason.FIRST);
    assertThat(job.getCause()).isEqualTo("revision 4");
    assertThat(job.getJobId()).isEqualTo(JobId.caused(target.key(), JobReason.FIRST, "revision 4"));
    assertThat(job.getDueAt().toEpochMilli())
        .isBetween(EmissionDesk.START + 100, EmissionDesk.START + 10_100);
    assertThat(job.getExpireAt()).isAfter(job.getDueAt());
  }

  @Test
  void aTakeoverActsOnWhatTheLastCheckpointDoesNotCover() throws InterruptedException {
    Target old = desk.put("r1", EmissionDesk.MINUTE, "main");
    Target young = desk.put("r2", EmissionDesk.MINUTE, "main");
    desk.changes.first(old.key(), "long ago", EmissionDesk.START - 600_000);
    desk.changes.first(young.key(), "just now", EmissionDesk.START - 1_000);
    Checkpoint saved = desk.checkpoint(EmissionDesk.START + 25_000, EmissionDesk.START - 5_000);

    new Emission(desk.parts, desk.term, Optional.of(saved), EmissionDesk.START)
        .turn(EmissionDesk.START);

    assertThat(desk.sink.jobs)
        .filteredOn(job -> job.getReason() == JobReason.FIRST)
        .extracting(Job::getCause)
        .containsExactly("just now");
  }

  @Test
  void anIntervalThatWasChangedByARestartTakesEffectBeforeTheWatermark()
      throws InterruptedException {
    desk.put("r1", EmissionDesk.MINUTE, "main");
    Emission former = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    former.turn(EmissionDesk.START);
    Checkpoint saved = desk.checkpoint(former, EmissionDesk.START);
    desk.sink.jobs.clear();
    Target changed = desk.put("r1", Duration.ofSeconds(10), "main");

    new Emission(desk.parts, desk.term, Optional.of(saved), EmissionDesk.START + 5_000)
        .turn(EmissionDesk.START + 5_000);

    assertThat(desk.sink.dueTimes())
        .containsAll(
            EmissionDesk.slots(changed)
                .between(EmissionDesk.START + 5_000, EmissionDesk.START + 35_000)
                .boxed()
                .toList());
  }

  @Test
  void slotsSinceAChangeThatItsLeaderDidNotLiveToActUponAreMissedOnes()
      throws InterruptedException {
    desk.put("r1", EmissionDesk.MINUTE, "main");
    Emission former = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    former.turn(EmissionDesk.START);
    Checkpoint saved = desk.checkpoint(former, EmissionDesk.START);
    long at = EmissionDesk.START + 250;
    Target changed = desk.put("r1", Duration.ofSeconds(10), "main");
    desk.changes.renewed(changed.key(), at);
    long elected = EmissionDesk.START + 140_000;

    Emission next = new Emission(desk.parts, desk.term, Optional.of(saved), elected);
    next.turn(elected);

    assertThat(desk.sink.told())
        .containsAll(
            EmissionDesk.slots(changed)
                .between(at, next.watermark())
                .mapToObj(due -> JobId.scheduled(changed.key(), due))
                .toList());
  }

  @Test
  void aPluginThatTheFormerLeaderDidNotKnowGetsFirstJobs() throws InterruptedException {
    desk.put("r1", EmissionDesk.MINUTE, "main");
    Checkpoint saved =
        Checkpoint.newBuilder(desk.checkpoint(EmissionDesk.START + 25_000, EmissionDesk.START))
            .setTimings(Map.of("another", "x"))
            .build();

    new Emission(desk.parts, desk.term, Optional.of(saved), EmissionDesk.START)
        .turn(EmissionDesk.START);

    assertThat(desk.sink.jobs).extracting(Job::getReason).contains(JobReason.FIRST);
  }

  @Test
  void aSuspendedResourceIsNotDueAndGoesOnWithItsSlotsWhenResumed() throws InterruptedException {
    Target target = desk.put("r1", Duration.ofSeconds(10), "main");
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    emission.turn(EmissionDesk.START);
    long from = EmissionDesk.START + 10_000;
    long until = EmissionDesk.START + 100_000;
    desk.suspensions.read("r1|one", Optional.of(EmissionDesk.directive(Suspensions.SUSPEND, from)));
    for (long now = from; now < until; now += 250) {
      emission.turn(now);
    }
    assertThat(emission.watermark()).isGreaterThan(until);
    assertThat(desk.sink.dueTimes())
        .allMatch(due -> due <= EmissionDesk.START + EmissionDesk.LOOKAHEAD);

    desk.suspensions.read("r1|two", Optional.of(EmissionDesk.directive(Suspensions.RESUME, until)));
    desk.changes.changed(target.key(), until, until);
    for (long now = until; now <= until + 60_000; now += 250) {
      emission.turn(now);
    }

    assertThat(desk.sink.dueTimes())
        .filteredOn(due -> due > EmissionDesk.START + EmissionDesk.LOOKAHEAD)
        .isEqualTo(
            EmissionDesk.slots(target)
                .between(until, until + 60_000 + EmissionDesk.LOOKAHEAD)
                .boxed()
                .toList());
    assertThat(desk.sink.jobs).extracting(Job::getReason).containsOnly(JobReason.SCHEDULED);
    assertThat(desk.sink.outcomes).isEmpty();
  }

  @Test
  void aShorterIntervalTakesEffectWithinOneLookaheadWithoutBurstOrGap()
      throws InterruptedException {
    assertChangeOfInterval(Duration.ofSeconds(60), Duration.ofSeconds(10));
  }

  @Test
  void aLongerIntervalTakesEffectWithinOneLookaheadWithoutBurstOrGap() throws InterruptedException {
    assertChangeOfInterval(Duration.ofSeconds(10), Duration.ofSeconds(60));
  }

  /** The configuration is read at a start, so a change of it is a change of leader. */
  private void assertChangeOfInterval(Duration before, Duration after) throws InterruptedException {
    int count = 600;
    putAll(count, before);
    Emission former = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    long changedAt = EmissionDesk.START + 120_000;
    for (long now = EmissionDesk.START; now < changedAt - 4_000; now += 250) {
      former.turn(now);
    }
    List<Job> old = List.copyOf(desk.sink.jobs);
    Checkpoint saved = desk.checkpoint(former, changedAt - 4_000);
    desk.sink.jobs.clear();

    List<Target> targets = putAll(count, after);
    Emission next = new Emission(desk.parts, desk.term, Optional.of(saved), changedAt);
    long end = changedAt + 180_000;
    for (long now = changedAt; now <= end; now += 250) {
      next.turn(now);
    }

    Map<String, List<Long>> dues =
        desk.sink.jobs.stream()
            .filter(job -> job.getReason() == JobReason.SCHEDULED)
            .collect(
                Collectors.groupingBy(
                    Job::getResourceId,
                    Collectors.mapping(job -> job.getDueAt().toEpochMilli(), Collectors.toList())));
    for (Target target : targets) {
      String resource = target.key().resourceId();
      List<Long> due = dues.get(resource).stream().filter(at -> at > changedAt).toList();
      // No gap: from the change on every slot of the new interval, once.
      assertThat(due)
          .containsExactlyInAnyOrderElementsOf(
              EmissionDesk.slots(target)
                  .between(changedAt, end + EmissionDesk.LOOKAHEAD)
                  .boxed()
                  .toList());
      long last =
          old.stream()
              .filter(job -> job.getResourceId().equals(resource))
              .mapToLong(job -> job.getDueAt().toEpochMilli())
              .filter(at -> at <= changedAt)
              .max()
              .orElse(EmissionDesk.START);
      assertThat(due.getFirst() - last).isLessThanOrEqualTo(before.plus(after).toMillis());
    }
    // No burst: no second has many more jobs due than a second has on average.
    long perSecond = count / after.toSeconds();
    Map<Long, Long> bySecond =
        desk.sink.jobs.stream()
            .filter(job -> job.getReason() == JobReason.SCHEDULED)
            .map(job -> job.getDueAt().getEpochSecond())
            .filter(second -> second * 1_000 > changedAt)
            .collect(Collectors.groupingBy(second -> second, Collectors.counting()));
    assertThat(bySecond.values()).allMatch(jobs -> jobs <= 2 * perSecond + 15);
    assertThat(desk.sink.outcomes).isEmpty();
  }

  private List<Target> putAll(int count, Duration interval) {
    List<Target> targets = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      targets.add(desk.put("r" + n, interval, "main"));
    }
    return targets;
  }
}
