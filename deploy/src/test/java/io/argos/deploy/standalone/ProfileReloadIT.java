package io.argos.deploy.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.argos.config.ConfigSources;
import io.argos.deploy.process.Settings;
import io.argos.deploy.process.Simulation;
import io.argos.deploy.process.Timers;
import io.argos.deploy.process.TopicReader;
import io.argos.profile.LiveProfiles;
import io.argos.runtime.kafka.KafkaClients;
import io.argos.runtime.startup.Requirements;
import io.argos.schemas.Group;
import io.argos.schemas.PollResult;
import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.topic.Topics;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.GeneratedDevice;
import io.argos.testing.simulator.Vendor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Profiles are changed, spoilt and mended in their folder while all services run. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProfileReloadIT {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Timers TIMERS =
      new Timers(
          INTERVAL,
          Duration.ofSeconds(4),
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(8));
  private static final String PROFILE =
      """
      profile: mine
      extends: fallback
      match: { sysObjectID: 1.3.6.1.4.1.4242424 }
      groups:
        uptime:
          metrics:
            centis: { oid: 1.3.6.1.2.1.1.3.0 }
      """;

  @TempDir Path folder;
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final Logger profiles = (Logger) LoggerFactory.getLogger(LiveProfiles.class);

  @BeforeEach
  void listen() {
    said.start();
    profiles.setLevel(Level.INFO);
    profiles.addAppender(said);
  }

  @AfterEach
  void leave() {
    profiles.detachAppender(said);
  }

  @Test
  void takesEffectWithinAnIntervalAndABadOneNever() throws Exception {
    Files.createDirectory(folder.resolve("profiles"));
    DeviceSpec device = DeviceSpec.of(GeneratedDevice.of(Vendor.UNKNOWN, "frob-1", 2));
    try (Simulation simulation = Simulation.start(folder, List.of(device))) {
      Path file =
          Settings.write(
              folder.resolve("argos.yaml"),
              Settings.common(simulation.resources(), TIMERS),
              """
              servers: {kafka-port: 0, zookeeper-port: 0, redis-port: 0, registry-port: 0}
              redis: {key-file: secrets.key}
              profiles: [profiles]
              """,
              Settings.SHORT_SESSIONS);
      try (Standalone standalone = Standalone.open(ConfigSources.of(file))) {
        standalone.ensureTopics();
        Settings.putCredential(standalone.config());
        standalone.startServices();
        try (RegistryClient registry = Requirements.registryClient(standalone.config().registry());
            TopicReader<PollResult> polls =
                new TopicReader<>(
                    new KafkaClients(standalone.config().kafka(), "reader"),
                    registry,
                    new Topics(standalone.config().prefix()).polls(),
                    PollResult.class)) {
          reload(standalone, polls);
        }
      }
    }
  }

  private void reload(Standalone standalone, TopicReader<PollResult> polls) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(latest(polls).getProfile()).isEqualTo("fallback"));

    write(PROFILE);
    soon().untilAsserted(() -> assertThat(metrics(polls)).containsExactly("centis"));
    assertThat(latest(polls).getProfile()).isEqualTo("mine");

    write(PROFILE + "      twice: { value: centis * 2 }\n");
    soon().untilAsserted(() -> assertThat(metrics(polls)).containsExactly("centis", "twice"));

    write(PROFILE + "nonsense: 1\n");
    soon().untilAsserted(() -> assertThat(wrong(standalone)).containsExactly("1.0", "1.0"));
    soon()
        .untilAsserted(() ->
            assertThat(List.copyOf(said.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.startsWith("profile refused"))
                .hasSize(2)
                .allSatisfy(
                    line -> assertThat(line).contains("mine.yaml:8:1: 'nonsense' is not a key")));
    int before = polls.values().size();
    soon().untilAsserted(() -> assertThat(polls.values().size()).isGreaterThan(before));
    // A poll of which an answer was late has less.
    soon()
        .untilAsserted(() ->
            assertThat(metrics(polls)).as("the last good one").containsExactly("centis", "twice"));

    write(PROFILE);
    soon().untilAsserted(() -> assertThat(metrics(polls)).containsExactly("centis"));
    soon().untilAsserted(() -> assertThat(wrong(standalone)).containsExactly("0.0", "0.0"));
  }

  private void write(String profile) {
    Settings.rewrite(folder.resolve("profiles/mine.yaml"), profile);
  }

  /**
   * Within the look at the folders, an interval, and a second enrichment and poll; with room for a
   * machine that stands still.
   */
  private static ConditionFactory soon() {
    return await().atMost(LiveProfiles.EVERY.plus(INTERVAL).plusSeconds(40));
  }

  private static PollResult latest(TopicReader<PollResult> polls) {
    List<PollResult> all = polls.values();
    assertThat(all).isNotEmpty();
    return all.getLast();
  }

  private static List<String> metrics(TopicReader<PollResult> polls) {
    return latest(polls).getGroups().stream()
        .filter(group -> group.getName().equals("uptime"))
        .map(Group::getColumns)
        .flatMap(List::stream)
        .map(column -> column.getName())
        .toList();
  }

  /** Of the enrichment and of the polling. */
  private static List<String> wrong(Standalone standalone) {
    return standalone
        .shell()
        .meters()
        .scrape()
        .lines()
        .filter(line -> line.startsWith("argos_profiles_wrong{"))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .toList();
  }
}
