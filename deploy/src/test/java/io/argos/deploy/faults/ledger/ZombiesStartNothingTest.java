package io.argos.deploy.faults.ledger;

import static io.argos.deploy.faults.ledger.History.EVA;
import static io.argos.deploy.faults.ledger.History.LATE;
import static io.argos.deploy.faults.ledger.History.ONE;
import static io.argos.deploy.faults.ledger.History.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZombiesStartNothingTest {
  private static final Duration BELIEF = Duration.ofMillis(1_300);

  private final History history = new History();

  @Test
  void isContentWhenItAwaitsTheWordOfTheGroup() {
    frozen(slot(1).plusSeconds(2), slot(1).plusSeconds(9));
    proven(slot(1).plusSeconds(9).plusMillis(300));

    assertThat(check()).isEmpty();
  }

  @Test
  void findsWhatItStartedWithoutThatWord() {
    frozen(slot(1).plusSeconds(2), slot(1).plusSeconds(9));
    proven(slot(3).plusSeconds(1));

    assertThat(check())
        .extracting(Violation::rule, Violation::at)
        .containsExactly(
            tuple(ZombiesStartNothing.STARTED, slot(2).plus(LATE)),
            tuple(ZombiesStartNothing.STARTED, slot(3).plus(LATE)));
  }

  @Test
  void findsWhatItStartedWithoutEverHavingIt() {
    frozen(slot(1).plusSeconds(2), slot(1).plusSeconds(9));

    assertThat(check()).hasSize(History.SLOTS - 2);
  }

  @Test
  void findsWhatItAskedWithoutTellingOfIt() {
    frozen(slot(1).plusSeconds(2), slot(1).plusSeconds(9));
    proven(slot(1).plusSeconds(9).plusMillis(300));
    history.ask(ONE, slot(1).plusSeconds(9).plusMillis(100), EVA);

    assertThat(check()).extracting(Violation::rule).containsExactly(ZombiesStartNothing.ASKED);
  }

  @Test
  void letsItEndWhatItRan() {
    Instant frozenAt = slot(1).plus(LATE).plusMillis(100);
    frozen(frozenAt, frozenAt.plusSeconds(5));
    proven(frozenAt.plusSeconds(6));
    history.change(ONE, 1, ended -> PollsDoNotOverlapTest.lasting(ended, Duration.ofMillis(5_500)));
    history.ask(ONE, frozenAt.plusMillis(5_100), EVA);

    assertThat(check()).isEmpty();
  }

  @Test
  void asksNothingOfAnAgentThatStoodStillForAMoment() {
    frozen(slot(2).minusMillis(600), slot(2).minusMillis(100));

    assertThat(check()).isEmpty();
  }

  private void frozen(Instant from, Instant to) {
    history.faults.add(new Fault(Fault.Kind.FROZEN, EVA, from, to));
  }

  private void proven(Instant at) {
    history.proofs.add(new Proof(EVA, at));
  }

  private List<Violation> check() {
    return new ZombiesStartNothing(BELIEF).check(history.ledger(), History.whole());
  }
}
