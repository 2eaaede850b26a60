package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.argos.config.ConfigSources;
import io.argos.deploy.standalone.Standalone;
import io.argos.deploy.topic.Cluster;
import io.argos.runtime.secret.SecretStore;
import io.argos.testing.simulator.Behaviour;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.GeneratedDevice;
import io.argos.testing.simulator.Simulator;
import io.argos.testing.simulator.Vendor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain} and {@code doctor} on an estate that is well, and on what was spoilt in it. */
@Timeout(360)
class DoctorIT {
  private static final String[] NORTH = {"--set", "zones={north: [lab]}"};

  @TempDir private Path folder;
  private List<String> servers = List.of();

  @Test
  void tellsWhatIsWellAndWhatWasSpoilt() throws Exception {
    try (Simulator simulator =
            Simulator.builder()
                .add(
                    DeviceSpec.of(GeneratedDevice.of(Vendor.GENERIC, "alive", 2)),
                    DeviceSpec.of(GeneratedDevice.of(Vendor.GENERIC, "dead", 2))
                        .with(new Behaviour.Dead()))
                .start();
        Standalone standalone = open(simulator)) {
      beforeTheFirstStart();

      standalone.ensureTopics();
      try (SecretStore secrets = secrets(standalone)) {
        secrets.put("campus", "default", Map.of("community", "public"));
      }
      standalone.startServices();
      awaitWell();
      devices();
      zoneWithoutAgent();
      spoilt(standalone);
    }
    everythingAway();
  }

  private void beforeTheFirstStart() throws IOException {
    Session session = argos("doctor", "--json");

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(sentence(session, "presence")).isEqualTo("no topics yet: run argos topics ensure");
    assertThat(verdict(session, "kafka")).isEqualTo("ok");
    assertThat(sentence(session, "campus")).startsWith("is not in Redis: argos secrets put campus");
  }

  private void awaitWell() {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> {
          Session explained = argos("explain", "alive");
          assertThat(explained.exitCode()).as(explained.out()).isZero();
        });
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> {
          Session doctor = argos("doctor");
          assertThat(doctor.exitCode()).as(doctor.out()).isZero();
          assertThat(doctor.out())
              .contains(
                  "ok    partitions of polling in main: all 4 have an agent",
                  "ok    polling: ",
                  "ok    topology nodes: ",
                  " to know, 0 failed");
        });
  }

  private void devices() throws IOException {
    // All credentials and retries take longer than an answer.
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> {
          JsonNode dead = json(argos("explain", "lab/dead", "--json"));
          assertThat(dead.path("broken").path("step").asText()).isEqualTo("outcome");
          assertThat(dead.path("broken").path("of").asText()).isEqualTo("enrichment/device");
          assertThat(dead.path("broken").path("text").asText()).startsWith("FAILED no-answer: ");
        });
    Session near = argos("explain", "alvie");

    assertThat(argos("explain", "lab/dead").exitCode()).isEqualTo(1);
    assertThat(near.exitCode()).isEqualTo(3);
    assertThat(near.err()).contains("there is no resource 'alvie'", "did you mean lab/alive?");
  }

  private void zoneWithoutAgent() throws IOException {
    JsonNode untold = json(argos("explain", "alive", "--json", NORTH[0], NORTH[1]));
    assertThat(untold.path("broken").path("step").asText()).isEqualTo("zone");

    assertThat(argos("topics", "ensure", NORTH[0], NORTH[1]).exitCode()).isZero();
    JsonNode explained =
        json(argos("explain", "alive", "--stage", "polling", "-o", "json", NORTH[0], NORTH[1]));
    Session doctor = argos("doctor", "--json", NORTH[0], NORTH[1]);

    assertThat(explained.path("steps").findValuesAsText("text"))
        .anyMatch(text -> text.startsWith("no agent runs in zone north: nobody owns partition"));
    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(sentence(doctor, "partitions of polling in north"))
        .startsWith("4 of 4 have no agent: start argos polling with instance.zone=north");
    assertThat(verdict(doctor, "polling in north")).isEqualTo("fail");
  }

  private void spoilt(Standalone standalone) throws Exception {
    try (SecretStore secrets = secrets(standalone);
        Cluster cluster = Cluster.open(standalone.config());
        var admin = cluster.admin()) {
      assertThat(secrets.remove("campus", "default")).isTrue();
      admin.deleteTopics(List.of(cluster.names().components())).all().get();
    }

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          Session doctor = argos("doctor", "--json");
          assertThat(doctor.exitCode()).isEqualTo(1);
          assertThat(sentence(doctor, "campus")).startsWith("is not in Redis");
          assertThat(sentence(doctor, "presence"))
              .isEqualTo("argos.components.v1 missing: run argos topics ensure");
          assertThat(verdict(doctor, "registry")).isEqualTo("ok");
        });
  }

  private void everythingAway() throws IOException {
    Session doctor = argos("doctor", "--json");
    Session explain = argos("explain", "alive");

    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(sentence(doctor, "kafka")).startsWith("out of reach: 127.0.0.1:");
    assertThat(sentence(doctor, "topics")).isEqualTo("not looked at, without kafka");
    assertThat(explain.exitCode()).isEqualTo(5);
  }

  private Standalone open(Simulator simulator) throws Exception {
    Files.writeString(
        folder.resolve("argos.yaml"),
        """
        instance: {data: .}
        redis: {key-file: secrets.key}
        schedule: {first-spread: 1s}
        snmp: {timeout: 500ms}
        discovery:
          - name: files
            kind: json-file
            interval: 3s
            settings: {file: "${config:folder}/devices.json", credential: campus}
        enrichment:
          - {name: device, kind: snmp, interval: 5m, settings: {credentials: [campus]}}
        polling:
          - {name: metrics, kind: snmp, interval: 4s, settings: {credentials: [campus]}}
        """);
    List<String> entries = new ArrayList<>();
    for (String name : List.of("alive", "dead")) {
      entries.add(
          "{\"site\": \"lab\", \"name\": \"%s\", \"endpoint\": \"127.0.0.1:%d\"}"
              .formatted(name, simulator.device(name).address().getPort()));
    }
    Files.writeString(folder.resolve("devices.json"), entries.toString());
    Standalone standalone =
        Standalone.open(
            ConfigSources.of(folder.resolve("argos.yaml"))
                .set(
                    "http.port=0",
                    "servers.kafka-port=0",
                    "servers.zookeeper-port=0",
                    "servers.redis-port=0",
                    "servers.registry-port=0"));
    var running = standalone.servers();
    servers =
        List.of(
            "--set",
            "kafka.bootstrap-servers=" + running.bootstrap(),
            "--set",
            "zookeeper.connect=" + running.connect(),
            "--set",
            "redis.port=" + running.redis().port(),
            "--set",
            "registry.url=" + running.registryUrl(),
            "--set",
            "topics.partitions=" + standalone.config().topics().partitions());
    return standalone;
  }

  private static SecretStore secrets(Standalone standalone) {
    return new SecretStore(standalone.config().redis(), standalone.config().prefix());
  }

  private Session argos(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(servers);
    return Session.runBesideServices(folder, all.toArray(String[]::new));
  }

  private static JsonNode json(Session session) throws IOException {
    return new ObjectMapper().readTree(session.out());
  }

  private static String verdict(Session session, String name) throws IOException {
    return check(session, name).path("verdict").asText();
  }

  private static String sentence(Session session, String name) throws IOException {
    return check(session, name).path("sentence").asText();
  }

  private static JsonNode check(Session session, String name) throws IOException {
    for (JsonNode check : json(session).path("checks")) {
      if (check.path("name").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("no check " + name + " in " + session.out());
  }
}
