package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.argos.config.ConfigSources;
import io.argos.deploy.process.Settings;
import io.argos.deploy.process.Settings.Addresses;
import io.argos.deploy.process.Simulation;
import io.argos.deploy.standalone.Standalone;
import io.argos.deploy.topic.Cluster;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.serde.RecordWriter;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.GeneratedDevice;
import io.argos.testing.simulator.Vendor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The commands around jobs, on a running estate of two devices; one story in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JobsCommandIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String CORE = Simulation.id("core-1");
  private static final String EDGE = Simulation.id("edge-1");

  @TempDir static Path folder;
  private static Simulation simulation;
  private static Standalone standalone;
  private static Path file;

  @BeforeAll
  static void start() throws Exception {
    simulation =
        Simulation.start(
            folder,
            List.of(
                DeviceSpec.of(GeneratedDevice.of(Vendor.CISCO, "core-1", 4)),
                DeviceSpec.of(GeneratedDevice.of(Vendor.ARISTA, "edge-1", 4))));
    String common = Settings.common(simulation.resources());
    Path servers =
        Settings.write(
            folder.resolve("standalone.yaml"),
            common,
            "servers: {kafka-port: 0, zookeeper-port: 0, redis-port: 0, registry-port: 0}",
            "redis: {key-file: secrets.key}",
            Settings.SHORT_SESSIONS);
    standalone = Standalone.open(ConfigSources.of(servers));
    file =
        Settings.write(
            folder.resolve("argos.yaml"), common, Addresses.of(standalone.servers()).yaml());
    standalone.ensureTopics();
    Settings.putCredential(standalone.config());
    standalone.startServices();
  }

  @AfterAll
  static void stop() {
    standalone.close();
    simulation.close();
  }

  @Test
  @Order(1)
  void listsAllWorkersAndWhatTheyHaveToDo() {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          JsonNode found = json(argos("workers", "-o", "json"));
          assertThat(found.path("workers"))
              .extracting(worker -> worker.path("stage").asText())
              .containsExactly("discovery", "enrichment", "polling");
          assertThat(found.path("workers"))
              .allMatch(worker -> worker.path("leader").asBoolean())
              .allMatch(worker -> worker.path("state").asText().equals("READY"));
          assertThat(found.path("zones").path(2).path("duePerSecond").asDouble()).isEqualTo(0.2);
        });
    Session table = argos("workers");

    assertThat(table.err()).isEmpty();
    assertThat(table.out()).contains("ready, leads", "DEMAND", "MiB");
    assertThat(argos("workers", "--stage", "poling").err())
        .isEqualTo("there is no stage 'poling'; did you mean polling?\n");
  }

  @Test
  @Order(2)
  void runsAJobAtOnceAndPrintsItsOutcome() throws IOException {
    await().atMost(SOON).until(() -> argos("resources", "list").out().contains(EDGE));
    // Enrichment says what a device is; until then nothing more is polled than whether it answers.
    await()
        .atMost(SOON)
        .until(() -> argos("jobs", "run", "core-1", "--timeout", "20s").exitCode() == 0);

    Session run = argos("jobs", "run", CORE, "-o", "json");
    Session discovery = argos("jobs", "run", "lab-files", "--stage", "discovery");
    Session unknown = argos("jobs", "run", "core-2");
    Session wrong = argos("jobs", "run", CORE, "--stage", "discovery");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(json(run))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.path("plugin").asText()).isEqualTo(Settings.POLLING);
          assertThat(row.path("status").asText()).isEqualTo("OK");
        });
    assertThat(discovery.exitCode()).as(discovery.err()).isZero();
    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(wrong.err())
        .isEqualTo("nothing of discovery runs on lab/core-1, by the filters of its plugins\n");
  }

  @Test
  @Order(3)
  void leavesSlotsOutWhileTheyAreSuspended() throws IOException {
    Session unsaid = argos("jobs", "suspend", CORE);
    Session done = argos("jobs", "suspend", "core-1", "--comment", "power is cut", "--for", "1h");
    JsonNode suspended = json(argos("jobs", "suspended", "-o", "json"));
    JsonNode next =
        json(argos("jobs", "next", CORE, "--stage", "polling", "-n", "3", "-o", "json"));
    Instant from = Instant.now();
    // Two slots of the neighbour later, both were due.
    await().atMost(SOON).until(() -> polls(EDGE, from) >= 2);
    Session other = argos("jobs", "resume", CORE, "--plugin", "nope");
    Session resumed = argos("jobs", "resume", CORE);

    assertThat(unsaid.exitCode()).isEqualTo(2);
    assertThat(other.exitCode()).as(other.err()).isEqualTo(3);
    assertThat(done.err()).startsWith("suspended: all work on lab/core-1, until ");
    assertThat(suspended)
        .singleElement()
        .satisfies(row -> {
          assertThat(row.path("resource").asText()).isEqualTo(CORE);
          assertThat(row.path("why").asText()).isEqualTo("power is cut");
        });
    assertThat(next).hasSize(3).allMatch(row -> row.path("state").asText().equals("SUSPENDED"));
    // One poll may have been under way.
    assertThat(polls(CORE, from)).isLessThanOrEqualTo(1);
    assertThat(resumed.err()).isEqualTo("resumed: all work on lab/core-1\n");
    Instant again = Instant.now();
    await().atMost(SOON).until(() -> polls(CORE, again) >= 1);
    assertThat(argos("jobs", "resume", CORE).exitCode()).isEqualTo(3);
  }

  @Test
  @Order(4)
  void findsNothingMissedInAWholeEstate() throws IOException {
    Session audit = argos("jobs", "audit", "--since", "10m", "-o", "json");

    JsonNode report = json(audit);
    assertThat(audit.exitCode()).as(audit.out()).isZero();
    assertThat(report.path("clean").asBoolean()).isTrue();
    assertThat(report.path("plugins"))
        .extracting(line -> line.path("plugin").asText())
        .containsExactly("lab-files", "snmp-device", Settings.POLLING);
    assertThat(report.path("plugins"))
        .allMatch(line -> line.path("ok").asInt() > 0)
        .allMatch(line -> line.path("missed").asInt() == 0);
    assertThat(argos("jobs", "audit").err()).endsWith(": no job was missed, none was run twice\n");
  }

  @Test
  @Order(5)
  void namesAMissedJobAndFails() throws Exception {
    Instant due = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(15);
    write(
        Outcome.newBuilder()
            .setJobId("planted")
            .setStage("polling")
            .setPlugin(Settings.POLLING)
            .setResourceId(EDGE)
            .setReason(JobReason.SCHEDULED)
            .setStatus(OutcomeStatus.MISSED)
            .setCause("scheduler")
            .setDetail("planted by a test")
            .setDueAt(due)
            .setEpoch(1)
            .setAgent("nobody")
            .build());

    Session audit = argos("jobs", "audit", "--since", "10m");
    Session elsewhere = argos("jobs", "audit", "--since", "10m", "--resource", CORE);

    assertThat(audit.exitCode()).isEqualTo(1);
    assertThat(audit.out())
        .contains("MISSED BECAUSE", "1 scheduler", EDGE, due.toString(), "planted by a test");
    assertThat(audit.err()).endsWith(": 1 missed, 0 run twice\n");
    assertThat(elsewhere.exitCode()).as(elsewhere.out()).isZero();
    assertThat(argos("jobs", "audit", "--since", "yesterday").exitCode()).isEqualTo(2);
    assertThat(argos("jobs", "audit", "--plugin", "nope").exitCode()).isEqualTo(3);
    assertThat(argos("jobs", "audit", "--resource", "edge-1").exitCode()).isEqualTo(1);
    assertThat(argos("jobs", "audit", "--resource", "edge-2").err())
        .startsWith("there is no resource 'edge-2'; did you mean ");
  }

  private static void write(Outcome outcome) throws Exception {
    try (Cluster cluster = Cluster.open(standalone.config());
        var producer = cluster.producer()) {
      String topic = cluster.names().outcomes();
      byte[] value = new RecordWriter<>(cluster.registry(), topic, Outcome.class).write(outcome);
      byte[] key = outcome.getResourceId().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
  }

  /** Polls of slots that have ended since then. */
  private static long polls(String resource, Instant since) throws IOException {
    Session tail =
        argos("topics", "tail", "outcomes", "--key", resource, "--from-beginning", "--no-follow");
    long polls = 0;
    for (String line : tail.out().lines().toList()) {
      JsonNode outcome = new ObjectMapper().readTree(line).path("value");
      if (outcome.path("stage").asText().equals("polling")
          && outcome.path("reason").asText().equals("SCHEDULED")
          && outcome.path("status").asText().equals("OK")
          && Instant.parse(outcome.path("dueAt").asText()).isAfter(since)) {
        polls++;
      }
    }
    return polls;
  }

  private static Session argos(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-c", file.toString()));
    return Session.runBesideServices(folder, all.toArray(String[]::new));
  }

  private static JsonNode json(Session session) throws IOException {
    return new ObjectMapper().readTree(session.out());
  }
}
