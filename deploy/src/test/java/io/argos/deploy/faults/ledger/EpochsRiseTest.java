package io.argos.deploy.faults.ledger;

import static io.argos.deploy.faults.ledger.History.BEN;
import static io.argos.deploy.faults.ledger.History.EVA;
import static io.argos.deploy.faults.ledger.History.ONE;
import static io.argos.deploy.faults.ledger.History.TWO;
import static io.argos.deploy.faults.ledger.History.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class EpochsRiseTest {
  private final History history = new History();

  @Test
  void isContentWithATakeover() {
    history.epochs.add(new Taken(2, BEN, slot(5)));

    assertThat(rules()).isEmpty();
    assertThat(history.ledger().electionsIn(History.whole())).isEqualTo(1);
  }

  @Test
  void findsAnEpochThatFell() {
    history.epochs.add(new Taken(7, BEN, slot(2)));
    history.epochs.add(new Taken(7, EVA, slot(3)));
    history.epochs.add(new Taken(5, EVA, slot(5)));

    assertThat(rules()).startsWith(EpochsRise.EPOCH_FELL, EpochsRise.EPOCH_FELL);
  }

  @Test
  void findsWhatWasExecutedBehindAJobOfALaterLeader() {
    // A later leader's job in front of the fourth: from there on the first epoch counts no more.
    history.jobs.add(
        6,
        new Emitted(
            "newer", ONE, true, slot(9), 2, History.partition(ONE), 2, slot(3).minusSeconds(6)));

    assertThat(violations())
        .extracting(Violation::rule, Violation::device)
        .containsOnly(tuple(EpochsRise.STALE_EXECUTED, ONE))
        .hasSize(3);
  }

  @Test
  void findsWhatWasEmittedAfterTheTakeoverAndExecuted() {
    // The jobs of slot 5 are emitted at slot 4.5, two seconds after this.
    history.epochs.add(new Taken(2, BEN, slot(5).minusSeconds(7)));

    assertThat(violations())
        .extracting(Violation::rule, Violation::device)
        .containsExactlyInAnyOrder(
            tuple(EpochsRise.STALE_EXECUTED, ONE), tuple(EpochsRise.STALE_EXECUTED, TWO));
  }

  @Test
  void isContentWhenWhatIsStaleIsNotExecuted() {
    history.epochs.add(new Taken(2, BEN, slot(5).minusSeconds(7)));
    history.forget(ONE, 5).forget(TWO, 5);

    assertThat(rules()).isEmpty();
  }

  private List<Violation> violations() {
    return new EpochsRise().check(history.ledger(), History.whole());
  }

  private List<String> rules() {
    return violations().stream().map(Violation::rule).toList();
  }
}
