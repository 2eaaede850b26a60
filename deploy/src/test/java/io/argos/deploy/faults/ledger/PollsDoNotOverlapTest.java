package io.argos.deploy.faults.ledger;

import static io.argos.deploy.faults.ledger.History.BEN;
import static io.argos.deploy.faults.ledger.History.EVA;
import static io.argos.deploy.faults.ledger.History.LATE;
import static io.argos.deploy.faults.ledger.History.ONE;
import static io.argos.deploy.faults.ledger.History.slot;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollsDoNotOverlapTest {
  private static final Duration FENCE = Duration.ofMillis(1_300);

  private final History history = new History();

  @Test
  void isContentWithPollsOneAfterTheOther() {
    history.poll(ONE, 2, BEN, LATE.plus(History.TOOK));

    assertThat(check()).isEmpty();
  }

  @Test
  void findsTwoAgentsAtOneDevice() {
    history.poll(ONE, 2, BEN, LATE.plusMillis(100));

    assertThat(check())
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.rule()).isEqualTo(PollsDoNotOverlap.OVERLAP);
          assertThat(violation.device()).isEqualTo(ONE);
          assertThat(violation.at()).isEqualTo(slot(2).plus(LATE).plusMillis(100));
        });
  }

  @Test
  void findsOneAgentAtOneDeviceTwice() {
    history.poll(ONE, 2, EVA, LATE.plusMillis(100));

    assertThat(check()).hasSize(1);
  }

  @Test
  void findsAShortPollWithinALongOne() {
    history.change(ONE, 1, ended -> lasting(ended, Duration.ofSeconds(30)));

    assertThat(check()).as("the polls of the next slots").hasSize(2);
  }

  @Test
  void excusesWhatRanWhenItsAgentWasFrozen() {
    frozen(slot(2).plus(LATE).plusMillis(60));
    history.poll(ONE, 2, BEN, LATE.plusMillis(100));

    assertThat(check()).isEmpty();
  }

  @Test
  void excusesNothingThatTheFrozenAgentBeganLater() {
    frozen(slot(2).minusSeconds(1));
    history.poll(ONE, 2, BEN, LATE.plusMillis(100));

    assertThat(check()).hasSize(1);
  }

  @Test
  void excusesNothingForTheFreezingOfAnother() {
    history.faults.add(
        new Fault(Fault.Kind.FROZEN, "carl", slot(2).plusMillis(50), slot(2).plusSeconds(5)));
    history.poll(ONE, 2, BEN, LATE.plusMillis(100));

    assertThat(check()).hasSize(1);
  }

  @Test
  void grantsAnAgentWithoutServersItsFenceAndNoMore() {
    Instant from = slot(2).plus(LATE).minus(FENCE);
    history.poll(ONE, 2, BEN, LATE.plusMillis(100));
    history.faults.add(new Fault(Fault.Kind.SERVER, "kafka", from, from.plusSeconds(5)));

    assertThat(check()).isEmpty();

    history.faults.set(
        0, new Fault(Fault.Kind.SERVER, "kafka", from.minusMillis(400), from.plusSeconds(5)));

    assertThat(check()).hasSize(1);
  }

  private void frozen(Instant from) {
    history.faults.add(new Fault(Fault.Kind.FROZEN, EVA, from, from.plusSeconds(5)));
  }

  static Ended lasting(Ended ended, Duration took) {
    return new Ended(
        ended.jobId(),
        ended.device(),
        ended.scheduled(),
        ended.dueAt(),
        ended.epoch(),
        ended.agent(),
        ended.status(),
        ended.cause(),
        ended.ran(),
        ended.startedAt(),
        took,
        ended.partition());
  }

  private List<Violation> check() {
    return new PollsDoNotOverlap(FENCE).check(history.ledger(), History.whole());
  }
}
