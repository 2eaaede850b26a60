package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.deploy.audit.AuditLine;
import io.argos.deploy.audit.JobAudit;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTableTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final JobAudit audit =
      new JobAudit(JobAudit.Scope.between(BEGIN, BEGIN.plusSeconds(3_600)));

  @Test
  void hasNoColumnForWhatIsNeverThere() {
    audit.ended(outcome("1", "snmp", OutcomeStatus.OK, ""));

    assertThat(AuditTable.rows(lines()))
        .singleElement()
        .satisfies(row ->
            assertThat(row.fieldNames())
                .toIterable()
                .containsExactly(
                    "stage",
                    "plugin",
                    "due",
                    "requested",
                    "ok",
                    "missed",
                    "doubled",
                    "late p50",
                    "p99",
                    "max"));
  }

  @Test
  void saysOfEachPluginWhatIsThereOfAny() {
    audit.ended(outcome("1", "snmp", OutcomeStatus.OK, ""));
    audit.ended(outcome("2", "ping", OutcomeStatus.MISSED, "scheduler"));
    audit.ended(outcome("3", "ping", OutcomeStatus.FAILED, "no-answer"));

    assertThat(AuditTable.rows(lines()))
        .hasSize(2)
        .satisfiesExactly(
            ping -> {
              assertThat(ping.path("failed").asInt()).isOne();
              assertThat(ping.path("missed because").asText()).isEqualTo("1 scheduler");
            },
            snmp -> {
              assertThat(snmp.path("failed").asInt(-1)).isZero();
              assertThat(snmp.path("missed because").isNull()).isTrue();
              assertThat(snmp.path("late p50").asText()).isEqualTo("20ms");
            });
  }

  private List<AuditLine> lines() {
    return audit.report(BEGIN.plusSeconds(7_200), 10).lines();
  }

  private static Outcome outcome(String jobId, String plugin, OutcomeStatus status, String cause) {
    return Outcome.newBuilder()
        .setJobId(jobId)
        .setStage("polling")
        .setPlugin(plugin)
        .setResourceId("oslo/edge1")
        .setReason(JobReason.SCHEDULED)
        .setStatus(status)
        .setCause(cause)
        .setDetail("")
        .setDueAt(BEGIN)
        .setStartedAt(status == OutcomeStatus.MISSED ? null : BEGIN.plusMillis(20))
        .setEpoch(1)
        .setAgent("a")
        .build();
  }
}
