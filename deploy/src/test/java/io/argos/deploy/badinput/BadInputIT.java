package io.argos.deploy.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.config.ConfigSources;
import io.argos.deploy.process.Settings;
import io.argos.deploy.standalone.Standalone;
import io.argos.deploy.topic.Cluster;
import io.argos.deploy.topic.TopicTail;
import io.argos.runtime.secret.SecretStore;
import io.argos.schemas.Event;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.Resource;
import io.argos.schemas.serde.Decoded;
import io.argos.schemas.serde.RecordReader;
import io.argos.testing.simulator.Behaviour;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.GeneratedDevice;
import io.argos.testing.simulator.Request;
import io.argos.testing.simulator.Simulator;
import io.argos.testing.simulator.Vendor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One estate, everything in one process, and what a person can get wrong about it. */
@Timeout(360)
class BadInputIT {
  private static final Duration POLLS = Duration.ofSeconds(4);

  @TempDir private Path folder;

  @Test
  void namesWhatIsWrongAndGoesOnWithTheRest() throws Exception {
    try (Simulator simulator =
            Simulator.builder()
                .add(
                    DeviceSpec.of(GeneratedDevice.of(Vendor.GENERIC, "alive", 2)),
                    DeviceSpec.of(GeneratedDevice.of(Vendor.GENERIC, "dead", 2))
                        .with(new Behaviour.Dead()))
                .start();
        Standalone standalone = open(simulator)) {
      Cluster cluster = Cluster.open(standalone.config());
      try (cluster) {
        String outcomes = cluster.names().outcomes();

        // Credentials: each outcome says which and why.
        Outcome absent =
            one(cluster, outcomes, Outcome.class, is("lab/secretless", OutcomeStatus.FAILED));
        Outcome silent =
            one(cluster, outcomes, Outcome.class, is("lab/dead", OutcomeStatus.FAILED));
        one(cluster, outcomes, Outcome.class, is("lab/alive", OutcomeStatus.OK));
        assertThat(absent.getCause()).isEqualTo("secret");
        assertThat(absent.getDetail()).isEqualTo("there is no secret 'absent' for site lab");
        assertThat(silent.getCause()).isEqualTo("no-answer");
        assertThat(silent.getDetail())
            .endsWith("no answer to any of 2 credentials (first, second)");

        // A file that is no JSON any more: its place is told, and nothing goes.
        Settings.rewrite(
            folder.resolve("devices.json"), "[{\"site\": \"lab\",\n \"name\": \"new\"},\n oops");
        Outcome broken =
            one(
                cluster,
                outcomes,
                Outcome.class,
                outcome ->
                    outcome.getPlugin().equals("files")
                        && outcome.getStatus() == OutcomeStatus.FAILED);
        assertThat(broken.getDetail())
            .contains("devices.json, line 3 column 2: not JSON as a resource file should be");
        Event rejected =
            one(
                cluster,
                cluster.names().events(),
                Event.class,
                event -> event.getType().equals("discovery.rejected"));
        assertThat(rejected.getAttributes().get("place")).isEqualTo("line 3 column 2");
        one(cluster, cluster.names().resources(), Resource.class, r -> r.getId().equals("lab/new"));

        // An empty one: more vanishes than may go unasked.
        Settings.rewrite(folder.resolve("devices.json"), "[]");
        Event held =
            one(
                cluster,
                cluster.names().events(),
                Event.class,
                event -> event.getType().equals("removal.held"));
        assertThat(held.getSummary()).contains("argos resources confirm files");
        assertThat(all(cluster, cluster.names().events(), Event.class).stream().map(Event::getType))
            .doesNotContain("resource.removed");

        assertDeadIsNotStormed(simulator);
      }
    }
  }

  /** Two credentials: a packet for each of them a slot, beside what enrichment asks. */
  private static void assertDeadIsNotStormed(Simulator simulator) {
    List<Request> asked = simulator.requests().latest("dead");
    Instant last = asked.getLast().at();
    Instant from = last.minus(POLLS.multipliedBy(3));
    Map<Boolean, List<Request>> byPolling =
        asked.stream()
            .filter(request -> request.at().isAfter(from))
            .collect(Collectors.partitioningBy(request -> request.varbinds() == 1));
    assertThat(byPolling.get(true)).as("probes within three slots").hasSizeBetween(3, 3 * 2 + 2);
    // It fails, and is tried again after ten seconds and more: twice three packets a run.
    assertThat(byPolling.get(false)).as("by enrichment meanwhile").hasSizeLessThanOrEqualTo(2 * 6);
  }

  private Standalone open(Simulator simulator) throws Exception {
    writeFiles(simulator);
    Standalone standalone =
        Standalone.open(
            ConfigSources.of(folder.resolve("argos.yaml"))
                .set(
                    "http.port=0",
                    "servers.kafka-port=0",
                    "servers.zookeeper-port=0",
                    "servers.redis-port=0",
                    "servers.registry-port=0"));
    try {
      standalone.ensureTopics();
      try (SecretStore secrets =
          new SecretStore(standalone.config().redis(), standalone.config().prefix())) {
        secrets.put("first", "default", Map.of("community", "wrong"));
        secrets.put("second", "default", Map.of("community", "public"));
      }
      standalone.startServices();
      return standalone;
    } catch (Exception e) {
      standalone.close();
      throw e;
    }
  }

  private void writeFiles(Simulator simulator) throws IOException {
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
            settings: {file: "${config:folder}/devices.json"}
        enrichment:
          - {name: device, kind: snmp, interval: 5m, settings: {credentials: [first, second]}}
        polling:
          - {name: metrics, kind: snmp, interval: 4s, settings: {credentials: [first, second]}}
        """);
    List<String> entries = new ArrayList<>();
    for (String name : List.of("alive", "dead")) {
      entries.add(entry(name, simulator.device(name).address().getPort(), ""));
    }
    entries.add(
        entry(
            "secretless",
            simulator.device("alive").address().getPort(),
            ", \"credential\": \"absent\""));
    for (String name : List.of("a", "b", "c", "d")) {
      entries.add(
          entry(
              name, simulator.device("dead").address().getPort(), ", \"credential\": \"absent\""));
    }
    Files.writeString(folder.resolve("devices.json"), "[" + String.join(",\n", entries) + "]");
  }

  private static String entry(String name, int port, String more) {
    return "{\"site\": \"lab\", \"name\": \"%s\", \"endpoint\": \"127.0.0.1:%d\"%s}"
        .formatted(name, port, more);
  }

  private static Predicate<Outcome> is(String resource, OutcomeStatus status) {
    return outcome ->
        outcome.getPlugin().equals("metrics")
            && outcome.getResourceId().equals(resource)
            && outcome.getStatus() == status;
  }

  private static <T extends SpecificRecord> T one(
      Cluster cluster, String topic, Class<T> type, Predicate<T> wanted) {
    return await(topic)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> all(cluster, topic, type).stream().filter(wanted).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static <T extends SpecificRecord> List<T> all(
      Cluster cluster, String topic, Class<T> type) {
    RecordReader<T> reader = new RecordReader<>(cluster.registry(), type);
    List<T> records = new ArrayList<>();
    try (var consumer = cluster.consumer()) {
      TopicTail.read(
          consumer,
          new TopicTail.Request(topic, Optional.empty(), true, true, false, OptionalLong.empty()),
          record -> {
            if (record.value() != null
                && reader.read(record.value()) instanceof Decoded.Value<T>(var value)) {
              records.add(value);
            }
            return true;
          },
          () -> {});
    }
    return records;
  }
}
