package io.argos.deploy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.deploy.audit.PlannedTargets.PlannedTarget;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconfiguredTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private PlannedTarget source;
  private PlannedTarget nightly;
  private Reconfigured reconfigured;

  @BeforeEach
  void configure() throws IOException {
    Path file = folder.resolve("argos.yaml");
    Files.writeString(
        file,
        """
        discovery:
          - name: files
            kind: json-file
            interval: 1m
            settings: {files: [devices.json]}
          - name: nightly
            kind: json-file
            cron: 0 0 3 * * ?
            settings: {files: [devices.json]}
        """);
    PlannedTargets targets = new PlannedTargets(ConfigLoader.load(ConfigSources.of(file)).config());
    source = targets.sources().getFirst();
    nightly = targets.sources().getLast();
    reconfigured = new Reconfigured(targets);
  }

  @Test
  void expectsThroughoutWhatTheLogSaysNothingOf() {
    assertThat(reconfigured.since(source, FROM)).isEqualTo(FROM);
  }

  @Test
  void expectsNothingOfAPluginBeforeTheLogBeginsWithIt() {
    reconfigured.emitted(job(JobReason.FIRST, FROM.plusSeconds(600), 60_000), FROM);
    reconfigured.emitted(job(JobReason.SCHEDULED, FROM.plusSeconds(640), 60_000), FROM);

    assertThat(reconfigured.since(source, FROM)).isEqualTo(FROM.plusSeconds(600));
  }

  @Test
  void expectsNothingBeforeAFirstJobWasDealtWithAlsoWhereItWasDueBeforeAnybodyLed() {
    reconfigured.emitted(
        job(JobReason.FIRST, FROM.plusSeconds(600), 60_000), FROM.plusSeconds(601));
    assertThat(reconfigured.since(source, FROM)).isEqualTo(FROM.plusSeconds(601));

    reconfigured.ended(
        Outcome.newBuilder(outcome(FROM.plusSeconds(600)))
            .setReason(JobReason.FIRST)
            .setStartedAt(FROM.plusSeconds(602))
            .build());
    assertThat(reconfigured.since(source, FROM)).isEqualTo(FROM.plusSeconds(601));
  }

  @Test
  void expectsAllOfAPluginThatRanBefore() {
    reconfigured.emitted(job(JobReason.SCHEDULED, FROM.plusSeconds(600), 60_000), FROM);
    reconfigured.ended(outcome(FROM.minusSeconds(600)));

    assertThat(reconfigured.since(source, FROM)).isEqualTo(FROM);
  }

  @Test
  void expectsNothingByAnIntervalThatWasAnother() {
    reconfigured.ended(outcome(FROM.minusSeconds(600)));
    reconfigured.emitted(job(JobReason.SCHEDULED, FROM.plusSeconds(30), 300_000), FROM);

    assertThat(reconfigured.since(source, FROM)).isEqualTo(FROM.plusSeconds(330));
  }

  @Test
  void expectsNothingByCronTimesThatWereOthers() {
    Instant due = Instant.parse("2026-01-01T03:00:00Z");
    Instant other = Instant.parse("2026-01-02T01:30:00Z");
    reconfigured.emitted(nightly(due), FROM);
    assertThat(reconfigured.since(nightly, due)).isEqualTo(due);

    reconfigured.emitted(nightly(other), FROM);

    assertThat(reconfigured.since(nightly, due)).isEqualTo(other.plusSeconds(3_600));
  }

  private static Job nightly(Instant dueAt) {
    return Job.newBuilder(job(JobReason.SCHEDULED, dueAt, 3_600_000)).setPlugin("nightly").build();
  }

  private static Job job(JobReason reason, Instant dueAt, long intervalMillis) {
    return Job.newBuilder()
        .setJobId("id")
        .setReason(reason)
        .setStage("discovery")
        .setZone("main")
        .setPlugin("files")
        .setConfigHash("c")
        .setResourceId("files")
        .setDueAt(dueAt)
        .setExpireAt(dueAt.plusMillis(intervalMillis))
        .setTimeoutMillis(1_000)
        .setIntervalMillis(intervalMillis)
        .setLeaseUntil(dueAt)
        .setEpoch(1)
        .setScheduler("one")
        .build();
  }

  private static Outcome outcome(Instant dueAt) {
    return Outcome.newBuilder()
        .setJobId("id")
        .setStage("discovery")
        .setPlugin("files")
        .setResourceId("files")
        .setStatus(OutcomeStatus.OK)
        .setCause("")
        .setDetail("")
        .setDueAt(dueAt)
        .setEpoch(1)
        .setAgent("one")
        .build();
  }
}
