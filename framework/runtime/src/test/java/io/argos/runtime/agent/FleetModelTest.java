package io.argos.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Several agents under everything that may happen at once: partitions that move, agents that die,
 * stop or stand still for longer than their session, leaders that follow one another and go on
 * beside each other, configurations that change, outcomes whose acknowledgement is lost, plugins
 * that leak. The model is simple: no job runs twice where that can be known, nothing is committed
 * that has no outcome, every job of a leader ends in an outcome that says what became of it, and
 * nothing is held in the end.
 */
class FleetModelTest {
  /** The same rounds in every build; others on demand. */
  private static final long SEED = Long.getLong("argos.seed", 1);

  private static final int STEPS = 2_000;

  private static final AtomicLong ROUNDS = new AtomicLong();

  private final Fleet fleet = new Fleet(SEED + ROUNDS.getAndIncrement());

  @RepeatedTest(5)
  void everyJobEndsAndNoneRunsTwiceForNothing() {
    for (int step = 0; step < STEPS; step++) {
      fleet.step();
    }
    fleet.settle();

    for (int partition = 0; partition < FleetLog.PARTITIONS; partition++) {
      assertThat(fleet.log().committed(partition))
          .as("committed of partition %d, %s", partition, fleet.where())
          .isEqualTo(fleet.log().jobs(partition).size());
    }
    for (String jobId : fleet.leader().valid()) {
      assertThat(fleet.log().outcomes(jobId))
          .as("%s, %s", jobId, fleet.where())
          .anyMatch(told -> saysWhatBecameOfIt(told.outcome()));
    }
    assertThat(fleet.countOfBegun()).as(fleet.where()).isPositive();
    fleet.agents().forEach(FleetAgent::assertNothingHeld);
  }

  /** The slots of another configuration are emitted again under the same id. */
  private static boolean saysWhatBecameOfIt(Outcome outcome) {
    return switch (outcome.getStatus()) {
      case DUPLICATE, FENCED -> false;
      case SUPERSEDED ->
          outcome.getReason() != JobReason.SCHEDULED || !outcome.getCause().equals("configuration");
      default -> outcome.getStatus() != OutcomeStatus.MISSED;
    };
  }
}
