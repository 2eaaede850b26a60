package io.argos.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.runtime.agent.Readiness;
import io.argos.runtime.schedule.Suspensions;
import io.argos.schemas.Directive;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.OutcomeStatus;
import io.argos.testing.ManualClock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuspensionGateTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Suspensions suspensions = new Suspensions();
  private final SuspensionGate gate =
      new SuspensionGate(_ -> new Readiness.Ready(), suspensions, new ManualClock(NOON));

  @Test
  void startsNothingThatWasSuspendedAfterItWasEmitted() {
    assertThat(gate.check(job("metrics", JobReason.SCHEDULED))).isInstanceOf(Readiness.Ready.class);

    suspend();

    assertThat(gate.check(job("metrics", JobReason.SCHEDULED)))
        .isInstanceOfSatisfying(
            Readiness.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(OutcomeStatus.SUPERSEDED);
              assertThat(refused.cause()).isEqualTo("suspended");
            });
    assertThat(gate.check(job("other", JobReason.SCHEDULED))).isInstanceOf(Readiness.Ready.class);
  }

  @Test
  void startsWhatAPersonAsksForAllTheSame() {
    suspend();

    assertThat(gate.check(job("metrics", JobReason.FORCED))).isInstanceOf(Readiness.Ready.class);
  }

  private void suspend() {
    suspensions.read(
        "main/r1|one",
        Optional.of(
            Directive.newBuilder()
                .setId("one")
                .setResourceId("main/r1")
                .setKind(Suspensions.SUSPEND)
                .setAuthor("somebody")
                .setAt(NOON.minusSeconds(1))
                .setAttributes(Map.of(Suspensions.PLUGIN, "metrics"))
                .build()));
  }

  private static Job job(String plugin, JobReason reason) {
    return Job.newBuilder()
        .setJobId("id")
        .setReason(reason)
        .setStage("polling")
        .setZone("main")
        .setPlugin(plugin)
        .setConfigHash("hash")
        .setResourceId("main/r1")
        .setDueAt(NOON)
        .setExpireAt(NOON.plusSeconds(60))
        .setTimeoutMillis(1_000)
        .setIntervalMillis(60_000)
        .setLeaseUntil(NOON)
        .setEpoch(1)
        .setScheduler("one")
        .build();
  }
}
