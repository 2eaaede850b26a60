package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.deploy.audit.PlannedTargets.PlannedTarget;
import io.argos.runtime.schedule.JobId;
import io.argos.runtime.schedule.TargetKey;
import io.argos.runtime.schedule.Timing;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForcedRunTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String REQUEST = "f00d";

  @Test
  void isOverWhenEachJobHasEnded() {
    ForcedRun run = new ForcedRun(REQUEST, "polling", List.of(target("snmp"), target("ping")));

    run.ended(outcome(idOf("snmp"), OutcomeStatus.OK));
    assertThat(run.over()).isFalse();
    run.ended(outcome(idOf("ping"), OutcomeStatus.OK));

    assertThat(run.over()).isTrue();
    assertThat(run.ok()).isTrue();
    assertThat(run.answers()).hasSize(2).allMatch(ForcedRun.Answer::ok);
  }

  @Test
  void waitsForJobsThatOnlyTheLeaderKnowsOf() {
    ForcedRun run = new ForcedRun(REQUEST, "polling", List.of(target("snmp")));

    run.ended(outcome(idOf("snmp"), OutcomeStatus.OK));
    run.emitted(job("more", REQUEST, "checks"));
    run.emitted(job("foreign", "another request", "checks"));

    assertThat(run.over()).isFalse();
    run.ended(outcome("more", OutcomeStatus.TIMEOUT));
    assertThat(run.over()).isTrue();
    assertThat(run.ok()).isFalse();
  }

  @Test
  void passesRefusalsOfRepeatedEmissionsOver() {
    ForcedRun run = new ForcedRun(REQUEST, "polling", List.of(target("snmp")));
    assertThat(run.answered()).isFalse();

    run.emitted(job(idOf("snmp"), REQUEST, "snmp"));
    run.ended(outcome(idOf("snmp"), OutcomeStatus.FENCED));
    run.ended(outcome(idOf("snmp"), OutcomeStatus.DUPLICATE));
    run.ended(outcome("foreign", OutcomeStatus.OK));

    assertThat(run.answered()).isTrue();
    assertThat(run.over()).isFalse();
  }

  @Test
  void isOverWhenTheLeaderKnowsNoSuchTarget() {
    ForcedRun run = new ForcedRun(REQUEST, "polling", List.of(target("snmp")));

    run.ended(outcome(JobId.noTarget("polling", REQUEST), OutcomeStatus.MISSED));

    assertThat(run.over()).isTrue();
    assertThat(run.ok()).isFalse();
    assertThat(run.refusal()).contains("why");
  }

  private static PlannedTarget target(String plugin) {
    return new PlannedTarget(
        TargetKey.of("polling", plugin, "oslo/edge1"),
        "main",
        new Timing.Every(Duration.ofMinutes(1)),
        Duration.ofSeconds(48));
  }

  private static String idOf(String plugin) {
    return JobId.caused(target(plugin).key(), JobReason.FORCED, REQUEST);
  }

  private static Outcome outcome(String jobId, OutcomeStatus status) {
    return Outcome.newBuilder()
        .setJobId(jobId)
        .setStage("polling")
        .setPlugin("any")
        .setResourceId("oslo/edge1")
        .setStatus(status)
        .setCause("cause")
        .setDetail("why")
        .setDueAt(NOW)
        .setEpoch(1)
        .setAgent("polling-1")
        .build();
  }

  private static Job job(String jobId, String cause, String plugin) {
    return Job.newBuilder()
        .setJobId(jobId)
        .setReason(JobReason.FORCED)
        .setCause(cause)
        .setStage("polling")
        .setZone("main")
        .setPlugin(plugin)
        .setConfigHash("h")
        .setResourceId("oslo/edge1")
        .setDueAt(NOW)
        .setExpireAt(NOW.plusSeconds(60))
        .setTimeoutMillis(1_000)
        .setIntervalMillis(60_000)
        .setLeaseUntil(NOW)
        .setEpoch(1)
        .setScheduler("polling-1")
        .build();
  }
}
