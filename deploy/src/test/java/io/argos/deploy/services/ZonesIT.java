package io.argos.deploy.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.argos.config.ConfigSources;
import io.argos.deploy.process.ArgosProcess;
import io.argos.deploy.process.Settings;
import io.argos.deploy.process.Timers;
import io.argos.deploy.standalone.Standalone;
import io.argos.schemas.Outcome;
import io.argos.schemas.OutcomeStatus;
import io.argos.schemas.topic.ResourceId;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.GeneratedDevice;
import io.argos.testing.simulator.Request;
import io.argos.testing.simulator.RequestLog;
import io.argos.testing.simulator.ResourceFile;
import io.argos.testing.simulator.Simulator;
import io.argos.testing.simulator.Vendor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Two sites, each reached by the agents of its own zone; those of the far one come late. */
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ZonesIT {
  private static final Duration START = Duration.ofSeconds(60);
  private static final int DEVICES = 5;
  private static final String NEAR = "oslo";
  private static final String FAR = "tromso";

  private static final Timers TIMERS =
      new Timers(
          Duration.ofSeconds(5),
          Duration.ofSeconds(4),
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          // Heartbeats come every five seconds: an agent that gets ready just after one, or whose
          // machine stands still for a while, is not silent.
          Duration.ofSeconds(12));

  private static final String ZONES =
      """
      zones:
        north: [%s]
      """
          .formatted(FAR);

  private static final String SERVERS =
      """
      servers: {kafka-port: 0, zookeeper-port: 0, redis-port: 0, registry-port: 0}
      redis: {key-file: secrets.key}
      """;

  @TempDir Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final Logger watch =
      (Logger) LoggerFactory.getLogger("io.argos.runtime.schedule.ZoneWatch");

  @BeforeEach
  void listen() {
    said.start();
    watch.setLevel(Level.INFO);
    watch.addAppender(said);
  }

  @AfterEach
  void closeAll() throws Exception {
    watch.detachAppender(said);
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void haveTheirDevicesPolledByTheirOwnAgentsAndSayWhenTheyHaveNone() throws Exception {
    Simulator near = site(NEAR);
    Simulator far = site(FAR);
    Path file =
        Settings.write(folder.resolve("argos.yaml"), estate(), SERVERS, Settings.SHORT_SESSIONS);
    Standalone standalone = opened(Standalone.open(ConfigSources.of(file)));
    standalone.ensureTopics();
    Settings.putCredential(standalone.config());
    standalone.startServices();
    SeriesReader reader = opened(new SeriesReader(standalone.config()));

    Set<String> farDevices = ids(FAR);
    soon().untilAsserted(() -> assertThat(resources(withoutAgent(reader))).isEqualTo(farDevices));
    soon().untilAsserted(() -> assertThat(resources(polled(reader))).isEqualTo(ids(NEAR)));
    assertThat(said())
        .filteredOn(line -> line.startsWith("WARN"))
        .contains("WARN zone without an agent, its jobs are missed stage=polling zone=north")
        .allSatisfy(line -> assertThat(line).endsWith("zone=north"));
    assertThat(far.requests().latest()).as("requests to a site that nobody reaches").isEmpty();

    Path theirs =
        Settings.write(
            folder.resolve("north.yaml"),
            estate(),
            Settings.Addresses.of(standalone.servers()).yaml(TIMERS));
    List<ArgosProcess> agents =
        List.of(agent("enrichment", theirs, standalone), agent("polling", theirs, standalone));
    for (ArgosProcess agent : agents) {
      agent.awaitReady(START);
    }
    Set<Integer> theirPorts = new HashSet<>();
    agents.forEach(agent -> theirPorts.addAll(agent.udpPorts()));

    soon()
        .untilAsserted(() ->
            assertThat(said()).contains("INFO zone has an agent again stage=polling zone=north"));
    // A slot that was due before counts as missed when its time is over; and a machine that stands
    // still for an interval makes for a bad one, but not for each.
    soon()
        .untilAsserted(() -> {
          Instant end = Instant.now().minus(TIMERS.interval().dividedBy(2));
          List<Outcome> last = due(reader, end.minus(TIMERS.interval()), end);
          assertThat(last).hasSize(2 * DEVICES);
          assertThat(last).extracting(Outcome::getStatus).containsOnly(OutcomeStatus.OK);
        });
    assertThat(polled(reader))
        .allSatisfy(outcome ->
            assertThat(outcome.getAgent().startsWith("north-"))
                .as("%s polled by %s", outcome.getResourceId(), outcome.getAgent())
                .isEqualTo(farDevices.contains(outcome.getResourceId())));
    assertThat(askers(far)).isNotEmpty().isSubsetOf(theirPorts);
    assertThat(askers(near)).isNotEmpty().doesNotContainAnyElementsOf(theirPorts);
  }

  private Simulator site(String site) {
    Simulator simulator =
        opened(
            Simulator.builder()
                .addAll(
                    names(site).stream()
                        .map(name -> DeviceSpec.of(GeneratedDevice.of(Vendor.GENERIC, name, 2)))
                        .toList())
                .requestLog(RequestLog.inMemory(100_000))
                .start());
    ResourceFile.write(file(site), simulator, site);
    return simulator;
  }

  private String estate() {
    return Settings.common(file(NEAR), TIMERS)
            .replace(
                "files: [%s]".formatted(file(NEAR)),
                "files: [%s, %s]".formatted(file(NEAR), file(FAR)))
        + ZONES;
  }

  private Path file(String site) {
    return folder.resolve(site + ".json").toAbsolutePath();
  }

  private ArgosProcess agent(String stage, Path file, Standalone standalone) {
    return opened(
        ArgosProcess.start(
            "north-" + stage,
            folder,
            stage,
            "-c",
            file.toString(),
            "--set",
            "instance.zone=north",
            "--set",
            "instance.id=north",
            "--set",
            "redis.key-file=" + standalone.config().redis().keyFile().toAbsolutePath()));
  }

  private static List<String> names(String site) {
    return IntStream.rangeClosed(1, DEVICES).mapToObj(number -> site + "-" + number).toList();
  }

  private static Set<String> ids(String site) {
    return names(site).stream()
        .map(name -> ResourceId.of(site, name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Outcome> withoutAgent(SeriesReader reader) {
    return reader.outcomes("polling").stream()
        .filter(outcome ->
            outcome.getStatus() == OutcomeStatus.MISSED && outcome.getCause().equals("no agent"))
        .toList();
  }

  private static List<Outcome> due(SeriesReader reader, Instant from, Instant to) {
    return reader.outcomes("polling").stream()
        .filter(outcome -> !outcome.getDueAt().isBefore(from) && outcome.getDueAt().isBefore(to))
        .toList();
  }

  private static List<Outcome> polled(SeriesReader reader) {
    return reader.outcomes("polling").stream()
        .filter(outcome -> outcome.getStatus() == OutcomeStatus.OK)
        .toList();
  }

  private static Set<String> resources(List<Outcome> outcomes) {
    return outcomes.stream()
        .map(Outcome::getResourceId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Integer> askers(Simulator simulator) {
    return simulator.requests().latest().stream()
        .map(Request::from)
        .map(from -> from.getPort())
        .collect(Collectors.toSet());
  }

  private List<String> said() {
    return List.copyOf(said.list).stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  private static ConditionFactory soon() {
    return await().atMost(START).pollInterval(Duration.ofMillis(250));
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }
}
