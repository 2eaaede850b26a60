package io.argos.deploy.explain;

import io.argos.config.ArgosConfig;
import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.runtime.schedule.JobId;
import io.argos.runtime.schedule.Slots;
import io.argos.runtime.schedule.TargetKey;
import io.argos.schemas.Claim;
import io.argos.schemas.Directive;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Heartbeat;
import io.argos.schemas.Job;
import io.argos.schemas.JobReason;
import io.argos.schemas.NodeState;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.Reachability;
import io.argos.schemas.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A resource of which all is well; tests spoil one thing of it. */
final class HealthyWay {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final String ID = "oslo/edge1";

  final Resource resource =
      Resource.newBuilder()
          .setId(ID)
          .setSite("oslo")
          .setName("edge1")
          .setResourceClass("network")
          .setSubclass("switch")
          .setType("cisco")
          .setEndpoint("192.0.2.1")
          .setTtlSeconds(600)
          .setFirstSeenAt(NOW.minusSeconds(86_400))
          .setRevision(3)
          .setClaims(new ArrayList<>(List.of(new Claim("files", 10, Map.of(), "h"))))
          .build();
  final List<Dossier.Sighting> sightings = new ArrayList<>();
  final Map<String, Dossier.Run> runs = new HashMap<>();
  final Enrichment device =
      Enrichment.newBuilder()
          .setResourceId(ID)
          .setNamespace("device")
          .setPlugin("who")
          .setJobId("0")
          .setCollectedAt(NOW.minusSeconds(600))
          .setExpiresAt(NOW.plusSeconds(7_200))
          .setContentHash("h")
          .setProfile("cisco-ios")
          .setGroups(List.of())
          .build();
  final List<Dossier.LoggedJob> jobs = new ArrayList<>();
  final List<Dossier.LoggedOutcome> outcomes = new ArrayList<>();
  final Map<String, Heartbeat> heartbeats = new HashMap<>();
  final Map<String, Dossier.Place> places = new HashMap<>();
  final Map<String, Directive> directives = new HashMap<>();
  final NodeState node =
      NodeState.newBuilder()
          .setResourceId(ID)
          .setSite("oslo")
          .setResourceClass("network")
          .setType("cisco")
          .setRevision(1)
          .setReachability(Reachability.REACHABLE)
          .setReason("")
          .setSince(NOW.minusSeconds(3_600))
          .build();
  boolean known = true;
  boolean enriched = true;
  boolean stated = true;
  Instant since = NOW.minusSeconds(7_200);

  HealthyWay() {
    sightings.add(new Dossier.Sighting("files", NOW.minusSeconds(20), Optional.empty()));
    runs.put("files", new Dossier.Run(NOW.minusSeconds(19), Optional.empty()));
    for (String stage : List.of("enrichment", "polling")) {
      String plugin = stage.equals("polling") ? "metrics" : "who";
      Duration interval = stage.equals("polling") ? Duration.ofMinutes(1) : Duration.ofMinutes(30);
      Instant due = lastDue(stage, plugin, interval);
      jobs.add(new Dossier.LoggedJob(job(stage, plugin, due, interval), 2, 40, due));
      outcomes.add(
          new Dossier.LoggedOutcome(
              outcome(stage, plugin, due, OutcomeStatus.OK, "", ""), due.plusSeconds(1)));
      places.put(stage, place(stage, Optional.of("host-" + stage + "-1-consumer-4")));
      heartbeats.put(stage, heartbeat(stage));
    }
  }

  static Instant lastDue(String stage, String plugin, Duration interval) {
    long now = NOW.minusSeconds(5).toEpochMilli();
    return Instant.ofEpochMilli(Slots.of(TargetKey.of(stage, plugin, ID), interval).previous(now));
  }

  static Job job(String stage, String plugin, Instant due, Duration interval) {
    return Job.newBuilder()
        .setJobId(JobId.scheduled(TargetKey.of(stage, plugin, ID), due.toEpochMilli()))
        .setReason(JobReason.SCHEDULED)
        .setStage(stage)
        .setZone("main")
        .setPlugin(plugin)
        .setConfigHash("c")
        .setResourceId(ID)
        .setDueAt(due)
        .setExpireAt(due.plus(interval))
        .setTimeoutMillis(1_000)
        .setIntervalMillis(interval.toMillis())
        .setLeaseUntil(due.plusSeconds(900))
        .setEpoch(7)
        .setScheduler("host-" + stage + "-1")
        .build();
  }

  static Outcome outcome(
      String stage, String plugin, Instant due, OutcomeStatus status, String cause, String detail) {
    return Outcome.newBuilder()
        .setJobId(JobId.scheduled(TargetKey.of(stage, plugin, ID), due.toEpochMilli()))
        .setStage(stage)
        .setPlugin(plugin)
        .setResourceId(ID)
        .setReason(JobReason.SCHEDULED)
        .setStatus(status)
        .setCause(cause)
        .setDetail(detail)
        .setDueAt(due)
        .setStartedAt(due.plusMillis(12))
        .setDurationMillis(340)
        .setEpoch(7)
        .setAgent("host-" + stage + "-1")
        .build();
  }

  static Dossier.Place place(String stage, Optional<String> owner) {
    return new Dossier.Place(
        "argos.jobs." + stage + ".main.v1",
        2,
        "argos." + stage + ".main",
        owner,
        41,
        owner.map(Set::of).orElse(Set.of()));
  }

  static Heartbeat heartbeat(String stage) {
    return Heartbeat.newBuilder()
        .setInstance("host-" + stage + "-1")
        .setStage(stage)
        .setZone("main")
        .setAt(NOW.minusSeconds(3))
        .setStartedAt(NOW.minusSeconds(600))
        .setLeader(true)
        .setReady(true)
        .setCapacity(10)
        .build();
  }

  Dossier dossier() {
    return new Dossier(
        NOW,
        ID,
        known ? Optional.of(new Dossier.Known(resource, since)) : Optional.empty(),
        sightings,
        runs,
        enriched ? Optional.of(device) : Optional.empty(),
        jobs,
        outcomes,
        heartbeats.values().stream().map(one -> new Dossier.Heard(one, one.getAt())).toList(),
        places,
        directives,
        stated ? Optional.of(node) : Optional.empty());
  }

  static ArgosConfig config(Path folder, String pollingFilter) {
    Path file = folder.resolve("argos.yaml");
    try {
      Files.writeString(
          file,
          """
          discovery:
            - {name: files, kind: json-file, interval: 60s, settings: {files: [devices.json]}}
          enrichment:
            - {name: who, kind: snmp, interval: 30m, settings: {credentials: [campus]}}
          polling:
            - name: metrics
              kind: snmp
              interval: 60s
              filter: '%s'
              settings: {credentials: [campus]}
          """
              .formatted(pollingFilter));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ConfigLoader.load(ConfigSources.of(file)).config();
  }
}
