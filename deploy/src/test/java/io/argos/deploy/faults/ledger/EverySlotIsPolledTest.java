package io.argos.deploy.faults.ledger;

import static io.argos.deploy.faults.ledger.History.BEN;
import static io.argos.deploy.faults.ledger.History.EVA;
import static io.argos.deploy.faults.ledger.History.LATE;
import static io.argos.deploy.faults.ledger.History.ONE;
import static io.argos.deploy.faults.ledger.History.SLOTS;
import static io.argos.deploy.faults.ledger.History.TWO;
import static io.argos.deploy.faults.ledger.History.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.argos.schemas.OutcomeStatus;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EverySlotIsPolledTest {
  private final History history = new History();
  private final EverySlotIsPolled rule = new EverySlotIsPolled(History.INTERVAL);

  @Test
  void isContentWithEverySlotPolled() {
    Figures figures = figures();

    assertThat(check()).isEmpty();
    assertThat(figures.slots()).isEqualTo(2 * SLOTS);
    assertThat(figures.missed()).isZero();
    assertThat(figures.doubled()).isZero();
    assertThat(figures.lateness()).hasSize(2 * SLOTS).containsOnly(LATE);
  }

  @Test
  void findsEachSlotOfWhichNobodyTells() {
    long seed = System.nanoTime();
    int victim = new Random(seed).nextInt(SLOTS);
    history.forget(TWO, victim);

    assertThat(check())
        .as("seed %d", seed)
        .extracting(Violation::rule, Violation::device, Violation::at)
        .containsExactly(tuple(EverySlotIsPolled.UNACCOUNTED, TWO, slot(victim)));
    assertThat(figures().missed()).isEqualTo(1);
  }

  @Test
  void callsMissedWhatWasGivenUp() {
    history.forget(ONE, 4).giveUp(ONE, 4, OutcomeStatus.EXPIRED);

    assertThat(check())
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.rule()).isEqualTo(EverySlotIsPolled.MISSED);
          assertThat(violation.at()).isEqualTo(slot(4));
          assertThat(violation.what()).contains("EXPIRED(late)");
        });
  }

  @Test
  void isContentWithAReasonForASlotWhoseTimeWentByWithoutABroker() {
    for (int number = 1; number <= 3; number++) {
      history.forget(ONE, number).giveUp(ONE, number, OutcomeStatus.MISSED);
    }
    history.forget(TWO, 2);
    Fault away =
        new Fault(Fault.Kind.SERVER, Fault.BROKER, slot(1).plusSeconds(1), slot(3).plusSeconds(1));
    history.faults.add(away);
    history.faults.add(new Fault(Fault.Kind.SERVER, "redis", slot(0), slot(5)));

    assertThat(check())
        .extracting(Violation::rule, Violation::device, Violation::at)
        .containsExactlyInAnyOrder(
            tuple(EverySlotIsPolled.MISSED, ONE, slot(1)),
            tuple(EverySlotIsPolled.MISSED, ONE, slot(3)),
            tuple(EverySlotIsPolled.UNACCOUNTED, TWO, slot(2)));
    assertThat(figures().missed()).isEqualTo(4);
  }

  @Test
  void countsNoExecutionThatWasCancelled() {
    history.change(
        ONE, 2, ended -> History.ended(ONE, 2, EVA, OutcomeStatus.FENCED, ended.startedAt()));

    assertThat(rules()).containsExactly(EverySlotIsPolled.MISSED);
  }

  @Test
  void believesNoPollOfWhichTheDeviceKnowsNothing() {
    history.forgetAsked(ONE, 1);

    assertThat(rules()).containsExactly(EverySlotIsPolled.NOT_ASKED);
  }

  @Test
  void believesNoPollThatAnotherAgentMade() {
    history.forgetAsked(ONE, 1).ask(ONE, slot(1).plus(LATE), BEN);

    assertThat(rules()).containsExactly(EverySlotIsPolled.NOT_ASKED);
  }

  @Test
  void allowsOneIntervalOfLatenessAndNoMore() {
    history.forget(ONE, 3).poll(ONE, 3, EVA, Duration.ofMillis(9_900));
    history.forget(TWO, 3).poll(TWO, 3, BEN, Duration.ofMillis(10_100));

    assertThat(check())
        .extracting(Violation::rule, Violation::device)
        .containsExactly(tuple(EverySlotIsPolled.LATE, TWO));
    assertThat(figures().late(1)).isEqualTo(Duration.ofMillis(10_100));
    assertThat(figures().late(0.5)).isEqualTo(LATE);
  }

  @Test
  void countsASlotPolledTwice() {
    history.poll(ONE, 2, BEN, Duration.ofSeconds(7));

    assertThat(check()).isEmpty();
    assertThat(figures().doubled()).isEqualTo(1);
    assertThat(figures().shared()).isEqualTo(1);
    assertThat(figures().late(1)).isEqualTo(LATE);
  }

  @Test
  void countsASlotThatAnAgentBeganAndAnotherPolled() {
    history.forget(ONE, 2).ask(ONE, slot(2).plus(LATE), EVA);
    history.poll(ONE, 2, BEN, Duration.ofSeconds(3));

    assertThat(check()).isEmpty();
    assertThat(figures().shared()).isEqualTo(1);
    assertThat(figures().doubled()).isZero();
    assertThat(figures().late(1)).as("of the poll that came to its end").hasSeconds(3);
  }

  @Test
  void looksAtNothingOutsideTheWindow() {
    history.forget(ONE, 0).forget(ONE, 5);

    assertThat(rule.check(history.ledger(), new Window(slot(0), slot(4)))).isEmpty();
  }

  @Test
  void isRipeWhenNothingMoreNeedBeAwaited() {
    assertThat(history.ledger().ripe(History.whole())).isTrue();

    history.forget(TWO, 5);

    assertThat(history.ledger().ripe(History.whole())).isFalse();
  }

  @Test
  void tellsAllThatIsKnownOfASlot() {
    history.faults.add(new Fault(Fault.Kind.KILLED, EVA, slot(1).plusMillis(5), slot(2)));

    List<String> story = history.ledger().story(ONE, slot(1), Duration.ofSeconds(8));

    assertThat(String.join("\n", story))
        .contains("slot due", "emitted for", "asked by eva", "OK by eva", "eva KILLED");
    assertThat(story.getFirst()).as("oldest first").contains("emitted for");
    assertThat(story.getLast()).contains("OK by eva");
  }

  private List<Violation> check() {
    return rule.check(history.ledger(), History.whole());
  }

  private List<String> rules() {
    return check().stream().map(Violation::rule).toList();
  }

  private Figures figures() {
    return rule.figures(history.ledger(), History.whole(), _ -> true);
  }
}
