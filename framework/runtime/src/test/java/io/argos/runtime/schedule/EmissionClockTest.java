package io.argos.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.Checkpoint;
import io.argos.schemas.Job;
import io.argos.schemas.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Clocks that jump, and outages that look like it from within. */
class EmissionClockTest {

  private final EmissionDesk desk = new EmissionDesk();

  @Test
  void aClockThatJumpsForwardCausesNoBurst() throws InterruptedException {
    Target target = desk.put("r1", EmissionDesk.MINUTE, "main");
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    emission.turn(EmissionDesk.START);
    desk.sink.jobs.clear();
    long now = EmissionDesk.START + 3_600_000;

    emission.turn(now);

    assertThat(desk.sink.dueTimes())
        .containsExactlyInAnyOrderElementsOf(
            LongStream.concat(
                    LongStream.of(EmissionDesk.slots(target).previous(now)),
                    EmissionDesk.slots(target).between(now, now + EmissionDesk.LOOKAHEAD))
                .boxed()
                .toList());
    assertThat(desk.sink.outcomes).hasSizeBetween(57, 59);
  }

  @Test
  void aClockThatGoesBackALittleEmitsNothingTwice() throws InterruptedException {
    desk.put("r1", Duration.ofSeconds(5), "main");
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    emission.turn(EmissionDesk.START);
    long promised = emission.watermark();

    for (long now = EmissionDesk.START - 20_000; now <= EmissionDesk.START; now += 1_000) {
      emission.turn(now);
      assertThat(emission.watermark()).isEqualTo(promised);
    }

    assertThat(desk.sink.dueTimes()).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void aTakeoverFromAClockThatWasFarAheadLeavesNoSlotOut() throws InterruptedException {
    Target target = desk.put("r1", Duration.ofSeconds(10), "main");
    long heard = EmissionDesk.START - 40_000;
    Checkpoint saved = desk.checkpoint(EmissionDesk.START + 3_600_000, heard);

    new Emission(desk.parts, desk.term, Optional.of(saved), EmissionDesk.START)
        .turn(EmissionDesk.START);

    List<Long> told = new ArrayList<>(desk.sink.dueTimes());
    desk.sink.outcomes.forEach(outcome -> told.add(outcome.getDueAt().toEpochMilli()));
    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(
            EmissionDesk.slots(target)
                .between(heard, EmissionDesk.START + EmissionDesk.LOOKAHEAD)
                .boxed()
                .toList());
  }

  @Test
  void aClockThatGoesBackFarDoesNotStopTheEmission() throws InterruptedException {
    desk.put("r1", Duration.ofSeconds(5), "main");
    Emission emission = new Emission(desk.parts, desk.term, Optional.empty(), EmissionDesk.START);
    emission.turn(EmissionDesk.START);
    desk.sink.jobs.clear();

    emission.turn(EmissionDesk.START - 3_600_000);

    assertThat(desk.sink.dueTimes())
        .hasSize(6)
        .allMatch(due -> due <= EmissionDesk.START - 3_600_000 + EmissionDesk.LOOKAHEAD);
  }

  @Test
  void afterALongOutageEmitsTheNewestSlotAndCountsTheOthers() throws InterruptedException {
    Target target = desk.put("r1", EmissionDesk.MINUTE, "main");
    long stopped = EmissionDesk.slots(target).next(EmissionDesk.START);
    long now = stopped + 5 * 60_000 + 1_000;

    Emission emission =
        new Emission(
            desk.parts,
            desk.term,
            Optional.of(desk.checkpoint(stopped, stopped - EmissionDesk.LOOKAHEAD)),
            now);
    emission.turn(now);

    assertThat(desk.sink.dueTimes()).containsExactly(stopped + 5 * 60_000);
    assertThat(desk.sink.outcomes)
        .extracting(outcome -> outcome.getDueAt().toEpochMilli())
        .containsExactly(stopped + 60_000, stopped + 120_000, stopped + 180_000, stopped + 240_000);
    assertThat(desk.sink.outcomes)
        .extracting(Outcome::getCause)
        .containsOnly(MissedCause.SCHEDULER);
    emission.turn(now + 250);
    assertThat(emission.watermark()).isEqualTo(now + 250 + EmissionDesk.LOOKAHEAD);
  }

  @Test
  void workingOffAnOutageAtMostDoublesTheRate() throws InterruptedException {
    for (int n = 0; n < 30_000; n++) {
      desk.put("r" + n, EmissionDesk.MINUTE, "main");
    }
    long now = EmissionDesk.START + 3_600_000;
    Emission emission =
        new Emission(
            desk.parts, desk.term, Optional.of(desk.checkpoint(now - 120_000, now - 150_000)), now);
    emission.turn(now);
    int ahead = desk.sink.jobs.size();
    // Half the targets lie ahead within the lookahead, and a turn's share comes from the backlog.
    assertThat(ahead).isBetween(14_000, 16_500);

    for (int turn = 1; turn <= 40; turn++) {
      int before = desk.sink.jobs.size();
      emission.turn(now + turn * 250L);
      assertThat(desk.sink.jobs.size() - before).isLessThanOrEqualTo(2 * 125 + 60);
    }

    assertThat(emission.watermark()).isEqualTo(now - 120_000);
    for (int turn = 41; turn <= 400; turn++) {
      emission.turn(now + turn * 250L);
    }
    assertThat(emission.watermark()).isEqualTo(now + 400 * 250L + EmissionDesk.LOOKAHEAD);
    assertThat(desk.sink.jobs.stream().map(Job::getJobId).distinct())
        .hasSize(desk.sink.jobs.size());
    assertEveryMinuteSlotHasAnEnd(now - 120_000, now + 400 * 250L);
  }

  private void assertEveryMinuteSlotHasAnEnd(long from, long to) {
    Set<String> ids = new HashSet<>();
    desk.sink.jobs.forEach(job -> ids.add(job.getJobId()));
    desk.sink.outcomes.forEach(outcome -> ids.add(outcome.getJobId()));
    assertThat(desk.index.due(from, to))
        .allMatch(due -> ids.contains(JobId.scheduled(due.target().key(), due.dueAt())));
  }
}
