package io.argos.deploy.trap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.argos.config.ConfigSources;
import io.argos.deploy.process.Settings;
import io.argos.deploy.process.Simulation;
import io.argos.deploy.process.TopicReader;
import io.argos.deploy.standalone.Standalone;
import io.argos.deploy.topic.Cluster;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.schemas.Enrichment;
import io.argos.schemas.Event;
import io.argos.schemas.JobReason;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.PollResult;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.topic.Topics;
import io.argos.testing.FreePorts;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.GeneratedDevice;
import io.argos.testing.simulator.Vendor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From net-snmp's senders to the events of a running estate. */
class TrapsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String DEVICE = Simulation.id("edge-1");
  private static final String IF_INDEX = "1.3.6.1.2.1.2.2.1.1.";

  @TempDir Path folder;
  private int port;

  @Test
  void makesEventsOfTrapsAndPollsTheirSenders() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/snmptrap")), "net-snmp is not installed");
    port = FreePorts.one();
    try (Simulation simulation =
            Simulation.start(
                folder, List.of(DeviceSpec.of(GeneratedDevice.of(Vendor.ARISTA, "edge-1", 4))));
        Standalone standalone = Standalone.open(ConfigSources.of(settings(simulation)))) {
      standalone.ensureTopics();
      Settings.putCredential(standalone.config());
      standalone.startServices();
      try (Cluster cluster = Cluster.open(standalone.config())) {
        story(standalone, cluster);
      }
    }
  }

  private void story(Standalone standalone, Cluster cluster) throws Exception {
    KafkaClients kafka = new KafkaClients(standalone.config().kafka(), "test");
    Topics topics = cluster.names();
    try (TopicReader<Enrichment> enrichments =
            reader(kafka, cluster.registry(), topics.enrichments(), Enrichment.class);
        TopicReader<Outcome> outcomes =
            reader(kafka, cluster.registry(), topics.outcomes(), Outcome.class);
        TopicReader<PollResult> polls =
            reader(kafka, cluster.registry(), topics.polls(), PollResult.class);
        TopicReader<Event> events =
            reader(kafka, cluster.registry(), topics.events(), Event.class)) {
      await().atMost(SOON).until(() -> interfaceOf(enrichments).isPresent());
      String name = interfaceOf(enrichments).orElseThrow();
      // This test may have read of the interfaces before the service that receives the traps has.
      await().atMost(SOON).until(() -> isPolledByItsInterfaces(polls));

      // An inform is answered when its event is in the log, and not before.
      assertThat(send("snmpinform", "127.0.0.1", "1.3.6.1.6.3.1.1.5.3", IF_INDEX + "1", "i", "1"))
          .isZero();
      Event down = ofType(events, "snmp.link_down").getFirst();
      assertThat(down.getResourceId()).isEqualTo(DEVICE);
      assertThat(down.getSubject()).isEqualTo(name);

      assertThat(send("snmptrap", "127.0.0.1", "1.3.6.1.6.3.1.1.5.4", IF_INDEX + "1", "i", "1"))
          .isZero();
      await().atMost(SOON).until(() -> !ofType(events, "snmp.link_up").isEmpty());
      Event up = ofType(events, "snmp.link_up").getFirst();
      assertThat(up.getAttributes())
          .containsEntry("clears", "snmp.link_down")
          .containsEntry("key", down.getAttributes().getOrDefault("key", ""));

      assertThat(send("snmpinform", "udp6:[::1]", "1.3.6.1.4.1.99999.1")).isZero();
      assertThat(ofType(events, "snmp.trap"))
          .singleElement()
          .satisfies(raw -> assertThat(raw.getResourceId()).isEqualTo("unknown/::1"));

      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(outcomes.all())
                  .extracting(entry -> entry.value().orElseThrow())
                  .anyMatch(outcome ->
                      outcome.getReason() == JobReason.FORCED
                          && outcome.getResourceId().equals(DEVICE)
                          && outcome.getStatus() == OutcomeStatus.OK));
    }
  }

  private Path settings(Simulation simulation) {
    String traps =
        "snmp:\n  traps: {enabled: true, port: %d, credentials: [lab-community]}\n".formatted(port);
    return Settings.write(
        folder.resolve("argos.yaml"),
        Settings.common(simulation.resources()).replace("snmp:\n", traps),
        "servers: {kafka-port: 0, zookeeper-port: 0, redis-port: 0, registry-port: 0}",
        "redis: {key-file: secrets.key}",
        Settings.SHORT_SESSIONS);
  }

  private static <T extends SpecificRecord> TopicReader<T> reader(
      KafkaClients kafka, RegistryClient registry, String topic, Class<T> type) {
    return new TopicReader<>(kafka, registry, topic, type);
  }

  /** Stable name of the interface with the first index. */
  private static Optional<String> interfaceOf(TopicReader<Enrichment> enrichments) {
    return enrichments.all().stream()
        .filter(entry -> entry.key().equals(DEVICE + "|interface"))
        .flatMap(entry -> entry.value().stream())
        .map(enrichment -> enrichment.getGroups().getFirst().getRowKeys().getFirst())
        .findFirst();
  }

  private static boolean isPolledByItsInterfaces(TopicReader<PollResult> polls) {
    return polls.values().stream()
        .flatMap(poll -> poll.getGroups().stream())
        .anyMatch(group -> group.getName().equals("interface") && !group.getRowKeys().isEmpty());
  }

  private static List<Event> ofType(TopicReader<Event> events, String type) {
    return events.all().stream()
        .flatMap(entry -> entry.value().stream())
        .filter(event -> event.getType().equals(type))
        .toList();
  }

  private int send(String program, String to, String... rest) throws Exception {
    // An inform that is sent again, as its answer is late, is another event.
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/" + program, "-v2c", "-t", "20", "-c", "public", to + ":" + port, ""));
    command.addAll(List.of(rest));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("MIBS", "");
    builder.environment().put("SNMP_PERSISTENT_DIR", folder.toString());
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
