package io.argos.deploy.explain;

import static io.argos.deploy.explain.HealthyWay.ID;
import static io.argos.deploy.explain.HealthyWay.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.argos.runtime.schedule.Suspensions;
import io.argos.schemas.Claim;
import io.argos.schemas.Directive;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.Reachability;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainerTest {
  private static final String ALL =
      "class = \"network\" AND labels.tenant != \"lab\" OR type = \"cisco\"";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private final HealthyWay way = new HealthyWay();

  @Test
  void findsNothingBrokenWhereNothingIs() {
    Explanation explanation = explain();

    assertThat(explanation.firstBroken()).isEmpty();
    assertThat(explanation.steps())
        .extracting(Step::name)
        .containsExactly(
            "claim",
            "resource",
            "zone",
            "filter",
            "slot",
            "job",
            "agent",
            "outcome",
            "profile",
            "filter",
            "slot",
            "job",
            "agent",
            "outcome",
            "state");
    assertThat(explanation.steps()).noneMatch(step -> step.finding() instanceof Finding.Unknown);
    assertThat(text("filter", "polling/metrics"))
        .isEqualTo(
            "matches: %s; class is \"network\", labels.tenant is absent, type is \"cisco\""
                .formatted(ALL));
    assertThat(text("job", "polling/metrics"))
        .contains("SCHEDULED", "under epoch 7", "partition 2 offset 40, done and committed");
    assertThat(text("outcome", "polling/metrics")).contains("OK; due ", "12ms late, took 340ms");
    assertThat(text("claim", "")).isEqualTo("files (rank 10, seen 20s ago)");
  }

  @Test
  void namesTheSourceThatRejectedIt() {
    way.known = false;
    way.sightings.clear();
    way.sightings.add(
        new Dossier.Sighting(
            "files", NOW.minusSeconds(9), Optional.of("devices.json, entry 4: no site")));

    assertBroken("claim", "", "files rejected it 9s ago: devices.json, entry 4: no site");
  }

  @Test
  void saysThatNoSourceClaimsIt() {
    way.known = false;
    way.sightings.clear();

    assertBroken("claim", "", "no source claims it");
  }

  @Test
  void saysThatAClaimBecameNoRecord() {
    way.known = false;

    assertBroken("resource", "", "there is no record of it");
    assertThat(remedy()).contains("resource-manager");
  }

  @Test
  void saysThatARemovalIsHeldBack() {
    way.resource.setClaims(List.of(new Claim("files", 10, Map.of("argos.held", "true"), "h")));

    assertBroken("claim", "", "no source claims it any more, and its removal is held back");
    assertThat(remedy()).contains("argos resources confirm files");
  }

  @Test
  void saysThatThereIsNoEndpoint() {
    way.resource.setEndpoint("");

    assertBroken("resource", "", "no endpoint");
  }

  @Test
  void saysThatTheZoneHasNoTopic() {
    way.places.remove("polling");

    assertBroken("zone", "", "site oslo is in zone main, which has no topic for jobs of polling");
  }

  @Test
  void saysWhyNoPluginOfPollingRunsOnIt() {
    Explanation explanation = explain("type = \"juniper\"");

    assertThat(explanation.firstBroken().orElseThrow().of()).isEqualTo("polling");
    assertThat(explanation.steps())
        .extracting(step -> step.finding().text())
        .contains("not for it: type = \"juniper\"; type is \"cisco\"");
  }

  @Test
  void saysThatNobodyFoundOutWhatItIs() {
    way.enriched = false;

    assertBroken("profile", "", "enrichment has not found out what it is");
  }

  @Test
  void saysThatWhatIsKnownIsStale() {
    way.device.setExpiresAt(NOW.minusSeconds(60));

    assertBroken("profile", "", "stale, its last rows are still used");
  }

  @Test
  void saysWhoSuspendedIt() {
    var directive =
        Directive.newBuilder()
            .setId("1")
            .setResourceId(ID)
            .setKind(Suspensions.SUSPEND)
            .setAuthor("ada")
            .setAt(NOW.minusSeconds(300))
            .setComment("new firmware")
            .setAttributes(Map.of("plugin", "metrics"))
            .build();
    way.directives.put(ID + "|1", directive);

    assertBroken("suspension", "polling/metrics", "suspended by ada since 2026-01-02T02:59:05Z");
    assertThat(explain().steps().stream().filter(step -> step.of().equals("polling/metrics")))
        .extracting(Step::name)
        .containsExactly("filter", "suspension", "slot", "outcome");
  }

  @Test
  void saysThatASlotWasNotEmittedAndWhoLeads() {
    way.jobs.removeIf(logged -> logged.job().getStage().equals("polling"));
    way.outcomes.removeIf(logged -> logged.outcome().getStage().equals("polling"));

    assertBroken("job", "polling/metrics", "no job was emitted for the slot of 2026-01-02T03:0");
    assertThat(remedy()).startsWith("host-polling-1 leads polling");

    way.heartbeats.get("polling").setLeader(false);
    assertBroken("job", "polling/metrics", "no job was emitted");
    assertThat(remedy()).startsWith("nobody leads polling");
  }

  @Test
  void expectsNoJobOfAResourceThatIsNew() {
    way.jobs.clear();
    way.outcomes.clear();
    way.since = NOW;

    assertThat(explain().firstBroken()).isEmpty();
    assertThat(text("job", "polling/metrics")).contains("the next is yet to come");
  }

  @Test
  void saysThatNobodyOwnsItsPartition() {
    way.places.put("polling", HealthyWay.place("polling", Optional.empty()));

    assertBroken("agent", "polling/metrics", "no agent runs in zone main: nobody owns partition 2");
    assertThat(remedy()).isEqualTo("start argos polling with instance.zone=main");
  }

  @ParameterizedTest
  @CsvSource({"silent, it is silent", "unready, its /health/ready", "blocked, Kafka does not take"})
  void saysWhatIsWrongWithTheAgent(String how, String remedy) {
    var beat = way.heartbeats.get("polling");
    switch (how) {
      case "silent" -> beat.setAt(NOW.minusSeconds(60));
      case "unready" -> beat.setReady(false);
      default -> beat.setBlocked(true);
    }

    assertBroken("agent", "polling/metrics", "host-polling-1 owns partition 2");
    assertThat(remedy()).startsWith(remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED, no-answer, check address",
    "FAILED, ping, the device is off",
    "FAILED, secret, argos secrets list",
    "TIMEOUT, deadline, the device is slow",
    "EXPIRED, late, too few agents",
    "MISSED, no agent, start argos polling",
    "QUARANTINED, spin, the plugin misbehaved"
  })
  void saysWhatToDoAboutAnOutcome(OutcomeStatus status, String cause, String remedy) {
    end("polling", "metrics", status, cause);

    assertBroken("outcome", "polling/metrics", status + " " + cause + ": in words; due ");
    assertThat(remedy()).startsWith(remedy);
  }

  @Test
  void takesTheBestOutcomeOfAJob() {
    end("polling", "metrics", OutcomeStatus.DUPLICATE, "seen");
    end("polling", "metrics", OutcomeStatus.FAILED, "internal");
    Instant due = HealthyWay.lastDue("polling", "metrics", MINUTE);
    way.outcomes.add(
        new Dossier.LoggedOutcome(
            HealthyWay.outcome("polling", "metrics", due, OutcomeStatus.OK, "", ""), due));

    assertThat(explain().firstBroken()).isEmpty();
  }

  @Test
  void saysThatNothingHasEndedForLong() {
    way.outcomes.removeIf(logged -> logged.outcome().getStage().equals("polling"));
    Instant old = HealthyWay.lastDue("polling", "metrics", MINUTE).minusSeconds(600);
    way.outcomes.add(
        new Dossier.LoggedOutcome(
            HealthyWay.outcome("polling", "metrics", old, OutcomeStatus.OK, "", ""), old));

    assertBroken("outcome", "polling/metrics", "nothing since: OK");
  }

  @ParameterizedTest
  @CsvSource({"UNREACHABLE, true", "DEGRADED, true", "STALE, true", "PENDING, false"})
  void tellsTheState(Reachability reachability, boolean broken) {
    way.node.setReachability(reachability);
    way.node.setReason("so it is");

    assertThat(explain().firstBroken().isPresent()).isEqualTo(broken);
    assertThat(text("state", "")).startsWith(reachability + " since ").endsWith(": so it is");
  }

  @Test
  void saysThatTheTopologyOfNodesIsBehind() {
    way.stated = false;

    assertBroken("state", "", "polls end, and no state is written");
  }

  @Test
  void looksAtOneStageOnly() {
    end("enrichment", "who", OutcomeStatus.FAILED, "no-answer");

    assertThat(explain().firstBroken().orElseThrow().of()).isEqualTo("enrichment/who");
    assertThat(
            new Explainer(HealthyWay.config(folder, ALL))
                .explain(
                    way.dossier(), new Explainer.Scope(Optional.of("polling"), Optional.empty()))
                .firstBroken())
        .isEmpty();
  }

  /** The last slot ends otherwise. */
  private void end(String stage, String plugin, OutcomeStatus status, String cause) {
    way.outcomes.removeIf(logged ->
        logged.outcome().getStage().equals(stage)
            && logged.outcome().getStatus() == OutcomeStatus.OK);
    Instant due =
        HealthyWay.lastDue(
            stage, plugin, stage.equals("polling") ? MINUTE : Duration.ofMinutes(30));
    way.outcomes.add(
        new Dossier.LoggedOutcome(
            HealthyWay.outcome(stage, plugin, due, status, cause, "in words"), due.plusSeconds(1)));
  }

  private Explanation explain() {
    return explain(ALL);
  }

  private Explanation explain(String filter) {
    return new Explainer(HealthyWay.config(folder, filter))
        .explain(way.dossier(), new Explainer.Scope(Optional.empty(), Optional.empty()));
  }

  private String text(String step, String of) {
    return explain().steps().stream()
        .filter(one -> one.name().equals(step) && one.of().equals(of))
        .findFirst()
        .orElseThrow()
        .finding()
        .text();
  }

  private String remedy() {
    return ((Finding.Broken) explain().firstBroken().orElseThrow().finding()).remedy();
  }

  private void assertBroken(String step, String of, String text) {
    Step broken = explain().firstBroken().orElseThrow();
    assertThat(broken.name()).isEqualTo(step);
    assertThat(broken.of()).isEqualTo(of);
    assertThat(broken.finding().text()).contains(text);
  }
}
