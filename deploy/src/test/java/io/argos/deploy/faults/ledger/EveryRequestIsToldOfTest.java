package io.argos.deploy.faults.ledger;

import static io.argos.deploy.faults.ledger.History.BEN;
import static io.argos.deploy.faults.ledger.History.EVA;
import static io.argos.deploy.faults.ledger.History.ONE;
import static io.argos.deploy.faults.ledger.History.slot;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EveryRequestIsToldOfTest {
  private static final Instant SECRET = slot(2).plusSeconds(5);

  private final History history = new History();

  @Test
  void isContentWhenEachIs() {
    assertThat(check()).isEmpty();
  }

  @Test
  void findsARequestOfNoExecution() {
    history.ask(ONE, SECRET, EVA);

    assertThat(check())
        .containsExactly(new Violation(EveryRequestIsToldOf.NOT_TOLD, ONE, SECRET, "asked by eva"));
  }

  @Test
  void findsARequestWithinTheExecutionOfAnother() {
    history.ask(ONE, slot(2).plus(History.LATE).plusMillis(100), BEN);

    assertThat(check()).hasSize(1);
  }

  @Test
  void findsARequestOfNobodyKnown() {
    history.ask(ONE, slot(2).plus(History.LATE).plusMillis(100), "");

    assertThat(check())
        .singleElement()
        .satisfies(violation -> assertThat(violation.what()).isEqualTo("asked by nobody known"));
  }

  @Test
  void forgivesTheDeadWhatTheyCouldNotTell() {
    history.ask(ONE, SECRET, EVA);
    killed(SECRET.plusSeconds(1));

    assertThat(check()).isEmpty();
  }

  @Test
  void forgivesTheDeadNothingThatTheyHadTimeToTell() {
    history.ask(ONE, SECRET, EVA);
    killed(SECRET.plusSeconds(9));

    assertThat(check()).hasSize(1);
  }

  private void killed(Instant at) {
    history.faults.add(new Fault(Fault.Kind.KILLED, EVA, at, at.plusMillis(5)));
  }

  private List<Violation> check() {
    return new EveryRequestIsToldOf(Duration.ofSeconds(8)).check(history.ledger(), History.whole());
  }
}
