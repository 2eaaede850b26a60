package io.argos.deploy.faults.ledger;

import static io.argos.deploy.faults.ledger.History.BEN;
import static io.argos.deploy.faults.ledger.History.EVA;
import static io.argos.deploy.faults.ledger.History.ONE;
import static io.argos.deploy.faults.ledger.History.jobId;
import static io.argos.deploy.faults.ledger.History.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.OutcomeStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EveryJobEndsOnceTest {
  private final History history = new History();

  @Test
  void isContentWithOneEndOfEachJob() {
    assertThat(rules()).isEmpty();
  }

  @Test
  void grantsAJobThatItIsEmittedAndExecutedAgain() {
    history.emit(ONE, 2, 2, 100).giveUp(ONE, 2, OutcomeStatus.DUPLICATE);
    history.poll(ONE, 2, BEN, Duration.ofSeconds(3));
    history.outcomes.add(History.ended(ONE, 2, EVA, OutcomeStatus.FENCED, slot(2).plusSeconds(1)));

    assertThat(rules()).isEmpty();
  }

  @Test
  void isContentWithAJobThatIsGivenUpAndAccountedFor() {
    history.forget(ONE, 2).giveUp(ONE, 2, OutcomeStatus.EXPIRED);

    assertThat(rules()).isEmpty();
  }

  @Test
  void findsAJobWithoutAnEnd() {
    history.forget(ONE, 2);

    assertThat(rules()).containsExactly(EveryJobEndsOnce.UNFINISHED);
  }

  @Test
  void findsAJobOfWhichOnlyAnEmissionEnded() {
    history.forget(ONE, 2).giveUp(ONE, 2, OutcomeStatus.FENCED);

    assertThat(rules()).containsExactly(EveryJobEndsOnce.UNFINISHED);
  }

  @Test
  void findsAJobThatIsBothExecutedAndGivenUp() {
    history.giveUp(ONE, 2, OutcomeStatus.MISSED);

    assertThat(rules()).containsExactly(EveryJobEndsOnce.CONTRADICTION);
  }

  @Test
  void grantsThatAnotherAgentGivesUpWhatWasExecutedWhileAServerWasAway() {
    history.giveUp(ONE, 2, OutcomeStatus.EXPIRED);
    history.giveUp(ONE, 4, OutcomeStatus.EXPIRED);
    history.faults.add(
        new Fault(Fault.Kind.SERVER, "kafka", slot(2).minusSeconds(1), slot(2).plusSeconds(4)));

    assertThat(
            new EveryJobEndsOnce()
                .check(history.ledger(), History.whole()).stream().map(Violation::at))
        .containsExactly(slot(4));
  }

  @Test
  void findsTwoJobsOfOneSlot() {
    Emitted job = history.jobs.getFirst();
    history.jobs.add(
        new Emitted("other", job.device(), true, job.dueAt(), 1, 0, 100, job.appendedAt()));

    assertThat(rules())
        .containsExactlyInAnyOrder(EveryJobEndsOnce.UNFINISHED, EveryJobEndsOnce.TWO_JOBS);
  }

  @Test
  void findsTheExecutionOfAJobThatNobodyEmitted() {
    history.jobs.removeIf(job -> job.jobId().equals(jobId(ONE, 3)));

    assertThat(rules()).containsExactly(EveryJobEndsOnce.MADE_UP);
  }

  @Test
  void findsAResultThatWasAcknowledgedAndIsGone() {
    history.polls.remove(jobId(ONE, 3));

    assertThat(rules()).containsExactly(EveryJobEndsOnce.LOST_RESULT);
  }

  private List<String> rules() {
    return new EveryJobEndsOnce()
        .check(history.ledger(), History.whole()).stream().map(Violation::rule).toList();
  }
}
