package io.argos.runtime.agent;

import static io.argos.runtime.agent.TestJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.JobReason;
import io.argos.schemas.OutcomeStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JobBoardTest {
  private record Ended(HeldJob job, OutcomeStatus status, String cause) {}

  private final List<Ended> ended = new ArrayList<>();
  private final OwnedPartition partition = new OwnedPartition(0);
  private final JobBoard board =
      new JobBoard(4, 1, (job, status, cause, _) -> ended.add(new Ended(job, status, cause)));

  JobBoardTest() {
    partition.settle();
  }

  private HeldJob hold(TestJobs job) {
    HeldJob held = job.in(partition).held();
    board.hold(held, at(-30));
    return held;
  }

  private static long at(long seconds) {
    return NOON.plusSeconds(seconds).toEpochMilli();
  }

  private List<HeldJob> startDue(long now) {
    board.moveDue(now, "");
    List<HeldJob> started = new ArrayList<>();
    for (HeldJob job = board.nextReady(now); job != null; job = board.nextReady(now)) {
      if (board.claim(job, PermitClass.SNMP)) {
        started.add(job);
      }
    }
    return started;
  }

  @Test
  void startsAJobWhenItIsDueAndNotBefore() {
    HeldJob job = hold(TestJobs.of("s/a"));

    List<HeldJob> early = startDue(at(0) - 1);
    List<HeldJob> due = startDue(at(0));

    assertThat(early).isEmpty();
    assertThat(due).containsExactly(job);
    assertThat(board.running()).isOne();
    assertThat(board.waiting()).isZero();
  }

  @Test
  void expiresWhatComesAfterItsNextSlotWasDue() {
    HeldJob job = hold(TestJobs.of("s/a"));

    List<HeldJob> started = startDue(at(60));

    assertThat(started).isEmpty();
    assertThat(ended).containsExactly(new Ended(job, OutcomeStatus.EXPIRED, "late"));
    assertThat(partition.open()).isOne();
  }

  @Test
  void saysNothingOfAJobBeforeItKnowsWhatTheFormerOwnerHasRun() {
    OwnedPartition taken = new OwnedPartition(1);
    HeldJob ran = TestJobs.of("s/a").in(taken).held();
    HeldJob notRun = TestJobs.of("s/b").at(1).in(taken).held();
    board.hold(ran, at(-30));
    board.hold(notRun, at(-30));

    List<HeldJob> started = startDue(at(60));
    List<Ended> before = List.copyOf(ended);
    board.ranBefore(
        taken, OutcomeRecords.notRun(ran.job(), OutcomeStatus.OK, "", "", "former"), at(60));
    taken.settle();
    startDue(at(61));

    assertThat(started).isEmpty();
    assertThat(before).isEmpty();
    assertThat(ended)
        .containsExactly(
            new Ended(ran, OutcomeStatus.DUPLICATE, "ran-before"),
            new Ended(notRun, OutcomeStatus.EXPIRED, "waited"));
  }

  @Test
  void saysWhatHeldUpAJobThatExpired() {
    HeldJob job = hold(TestJobs.of("s/a"));
    board.moveDue(at(0), "results that could not be sent");

    List<HeldJob> started = startDue(at(60));

    assertThat(started).isEmpty();
    assertThat(ended).containsExactly(new Ended(job, OutcomeStatus.EXPIRED, "waited"));
    assertThat(job.whyExpired())
        .isEqualTo("it waited for results that could not be sent until 2026-03-01T12:01:00Z");
  }

  @Test
  void expiresAJobThatWaitsForADeviceTooLongAndLetsTheNextRun() {
    HeldJob running = hold(TestJobs.of("s/a").interval(Duration.ofSeconds(10)));
    startDue(at(0));
    HeldJob second =
        hold(TestJobs.of("s/a").interval(Duration.ofSeconds(10)).due(Duration.ofSeconds(10)).at(1));
    startDue(at(10));
    HeldJob third =
        hold(TestJobs.of("s/a").interval(Duration.ofSeconds(10)).due(Duration.ofSeconds(20)).at(2));
    startDue(at(20));

    board.finished(running);
    List<HeldJob> next = startDue(at(21));

    assertThat(ended).containsExactly(new Ended(second, OutcomeStatus.EXPIRED, "waited"));
    assertThat(next).containsExactly(third);
  }

  @Test
  void replacesAnOlderDueSlotByTheNewestOne() {
    TestJobs longLived = TestJobs.of("s/a").expires(Duration.ofMinutes(5));
    HeldJob older = hold(longLived);
    HeldJob newer = hold(TestJobs.of("s/a").due(Duration.ofSeconds(60)).at(1));

    board.moveDue(at(0), "");
    List<HeldJob> started = startDue(at(60));

    assertThat(ended).containsExactly(new Ended(older, OutcomeStatus.SUPERSEDED, "newer-slot"));
    assertThat(started).containsExactly(newer);
  }

  @Test
  void runsWhatWasAskedForBesideTheSlotThatBecomesDueAndReplacesAnOlderRequestOnly() {
    TestJobs request = TestJobs.of("s/a").reason(JobReason.FORCED).expires(Duration.ofMinutes(5));
    HeldJob older = hold(request);
    HeldJob newer =
        hold(TestJobs.of("s/a").reason(JobReason.FORCED).due(Duration.ofSeconds(1)).at(1));
    HeldJob slot = hold(TestJobs.of("s/a").due(Duration.ofSeconds(2)).at(2));
    HeldJob first =
        hold(TestJobs.of("s/a").reason(JobReason.FIRST).due(Duration.ofSeconds(3)).at(3));
    List<HeldJob> run = new ArrayList<>();

    board.moveDue(at(3), "");
    for (int i = 0; i < 3; i++) {
      HeldJob started = startDue(at(3)).getFirst();
      run.add(started);
      board.finished(started);
    }

    assertThat(ended).containsExactly(new Ended(older, OutcomeStatus.SUPERSEDED, "newer-slot"));
    assertThat(run).containsExactly(newer, slot, first);
  }

  @Test
  void keepsQueuedSlotsOfATargetThatAreNotDue() {
    hold(TestJobs.of("s/a"));
    hold(TestJobs.of("s/a").due(Duration.ofSeconds(60)).at(1));

    assertThat(startDue(at(0))).hasSize(1);
    assertThat(board.waiting()).isOne();
    assertThat(ended).isEmpty();
  }

  @Test
  void runsAJobOnceHoweverOftenItIsEmitted() {
    HeldJob first = hold(TestJobs.of("s/a"));
    HeldJob again = hold(TestJobs.of("s/a").at(1));
    startDue(at(0));
    HeldJob whileRunning = hold(TestJobs.of("s/a").at(2));

    board.finished(first);
    HeldJob afterwards = hold(TestJobs.of("s/a").at(3));

    assertThat(startDue(at(1))).isEmpty();
    assertThat(ended)
        .containsExactly(
            new Ended(again, OutcomeStatus.DUPLICATE, "seen"),
            new Ended(whileRunning, OutcomeStatus.DUPLICATE, "seen"),
            new Ended(afterwards, OutcomeStatus.DUPLICATE, "seen"));
  }

  @Test
  void prefersTheEmissionOfTheNewLeaderToThatOfTheOldOne() {
    HeldJob old = hold(TestJobs.of("s/a").epoch(1));
    HeldJob fresh = hold(TestJobs.of("s/a").epoch(2).at(1));

    assertThat(startDue(at(0))).containsExactly(fresh);
    assertThat(ended).containsExactly(new Ended(old, OutcomeStatus.DUPLICATE, "emitted-again"));
  }

  @Test
  void fencesTheJobsOfAReplacedLeaderOnArrival() {
    hold(TestJobs.of("s/a").epoch(2));
    HeldJob zombie = hold(TestJobs.of("s/b").epoch(1).at(1));

    assertThat(ended).containsExactly(new Ended(zombie, OutcomeStatus.FENCED, "epoch"));
  }

  @Test
  void fencesAJobAtItsStartAndTakesItsSuccessorFromTheNewLeader() {
    HeldJob zombie = hold(TestJobs.of("s/a").epoch(1).appended(Duration.ofSeconds(-10)));
    board.observeEpoch(2, at(-20));

    List<HeldJob> started = startDue(at(0));
    HeldJob successor = hold(TestJobs.of("s/a").epoch(2).at(1).appended(Duration.ofSeconds(-5)));

    assertThat(started).isEmpty();
    assertThat(ended).containsExactly(new Ended(zombie, OutcomeStatus.FENCED, "epoch"));
    assertThat(startDue(at(1))).containsExactly(successor);
  }

  @Test
  void runsWhatTheFormerLeaderEmittedAheadOfTheTakeover() {
    HeldJob ahead = hold(TestJobs.of("s/a").epoch(1).appended(Duration.ofSeconds(-30)));
    board.observeEpoch(2, at(-5));

    assertThat(startDue(at(0))).containsExactly(ahead);
  }

  @Test
  void runsASlotOfAFormerConfigurationThatCameBack() {
    HeldJob former = hold(TestJobs.of("s/a").due(Duration.ofSeconds(60)));
    HeldJob between =
        hold(TestJobs.of("s/a").config("c2").epoch(2).due(Duration.ofSeconds(30)).at(1));
    HeldJob again = hold(TestJobs.of("s/a").epoch(3).due(Duration.ofSeconds(60)).at(2));

    assertThat(ended).containsExactly(new Ended(former, OutcomeStatus.SUPERSEDED, "configuration"));
    assertThat(startDue(at(30))).containsExactly(between);
    board.finished(between);
    assertThat(startDue(at(60))).containsExactly(again);
  }

  @Test
  void supersedesTheLaterSlotsOfAFormerConfigurationAndKeepsTheEarlier() {
    HeldJob early = hold(TestJobs.of("s/a").due(Duration.ofSeconds(0)));
    HeldJob late = hold(TestJobs.of("s/a").due(Duration.ofSeconds(60)).at(1));
    HeldJob anew = hold(TestJobs.of("s/a").config("c2").due(Duration.ofSeconds(30)).at(2));

    assertThat(ended).containsExactly(new Ended(late, OutcomeStatus.SUPERSEDED, "configuration"));
    assertThat(startDue(at(0))).containsExactly(early);
    board.finished(early);
    assertThat(startDue(at(30))).containsExactly(anew);
  }

  @Test
  void looksAgainLaterAtAJobThatItsTablesHoldUp() {
    HeldJob job = hold(TestJobs.of("s/a"));
    board.moveDue(at(0), "");
    HeldJob ready = board.nextReady(at(0));

    board.later(job, at(2), "its tables");

    assertThat(ready).isSameAs(job);
    assertThat(board.late()).isOne();
    assertThat(startDue(at(1))).isEmpty();
    assertThat(startDue(at(2))).containsExactly(job);
    assertThat(board.late()).isZero();
  }

  @Test
  void forgetsWhatWasNotStartedOfAPartitionThatIsGivenUp() {
    HeldJob running = hold(TestJobs.of("s/a"));
    startDue(at(0));
    hold(TestJobs.of("s/b").at(1));
    hold(TestJobs.of("s/a").due(Duration.ofSeconds(60)).at(2));
    board.moveDue(at(0), "");

    partition.disown();
    board.drop(partition);
    hold(TestJobs.of("s/c").at(3));

    assertThat(board.waiting()).isZero();
    assertThat(board.late()).isZero();
    assertThat(board.running()).isOne();
    assertThat(startDue(at(61))).isEmpty();
    assertThat(ended).isEmpty();
    board.finished(running);
    assertThat(board.running()).isZero();
  }

  @Test
  void endsEachJobOnceAndNeverRunsTwoOfADeviceWhateverTheOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<HeldJob> running = new ArrayList<>();
    long now = 0;
    int taken = 0;
    int finished = 0;

    for (int step = 0; step < 20_000; step++) {
      now += random.nextInt(2_000);
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          hold(
              TestJobs.of("s" + random.nextInt(3) + "/" + random.nextInt(5))
                  .interval(Duration.ofSeconds(10))
                  .due(Duration.ofMillis(now + random.nextInt(5_000)))
                  .at(step));
          taken++;
        }
        case 2 -> running.addAll(startDue(NOON.toEpochMilli() + now));
        default -> {
          if (!running.isEmpty()) {
            board.finished(running.remove(random.nextInt(running.size())));
            finished++;
          }
        }
      }

      String where = "seed " + seed + " step " + step;
      assertThat(running.stream().map(HeldJob::target)).as(where).doesNotHaveDuplicates();
      assertThat(running).as(where).hasSizeLessThanOrEqualTo(4);
      assertThat(board.running()).as(where).isEqualTo(running.size());
      assertThat(finished + ended.size() + running.size() + board.waiting())
          .as(where)
          .isEqualTo(taken);
    }
  }
}
