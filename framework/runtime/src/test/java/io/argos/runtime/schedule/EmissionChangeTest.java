package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Checkpoint;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    desk.changes.changed(added.key(), EmissionDesk.START + 100);

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
    desk.changes.changed(target.key(), until);
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
}
