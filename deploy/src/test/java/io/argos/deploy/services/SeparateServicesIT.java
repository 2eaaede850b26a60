package io.argos.deploy.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.argos.config.ArgosConfig;
import io.argos.config.ConfigSources;
import io.argos.deploy.process.ArgosProcess;
import io.argos.deploy.process.Settings;
import io.argos.deploy.process.Simulation;
import io.argos.deploy.standalone.Standalone;
import io.argos.schemas.Outcome;
import io.argos.servers.EmbeddedZooKeeper;
import io.argos.servers.Servers;
import io.argos.testing.simulator.DefaultEstate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service as a process of its own against one set of servers: finds what one process with
 * everything in it finds on the same devices.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SeparateServicesIT {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration ROUND = Duration.ofSeconds(90);

  @TempDir Path folder;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final long begun = System.nanoTime();

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Test
  void findsWhatStandaloneFinds() throws Exception {
    Simulation simulation = opened(Simulation.start(folder, DefaultEstate.twelve()));
    Findings expected = standalone(simulation);
    say("standalone found %s", expected);

    Servers servers =
        opened(
            Servers.start(
                Settings.load(Settings.write(folder.resolve("servers.yaml"), ANY_PORT)).servers(),
                folder.resolve("servers"),
                new Servers.Options(Map.of(), EmbeddedZooKeeper.DEFAULT_TICK, Optional.empty())));
    Path file =
        Settings.write(
            folder.resolve("argos.yaml"),
            Settings.common(simulation.resources()),
            Settings.Addresses.of(servers).yaml());
    ArgosConfig config = Settings.load(file);
    Settings.createKey(config);
    Settings.putCredential(config);
    ArgosProcess ensure = service("topics", file, "topics", "ensure");
    assertThat(ensure.awaitExit(START)).as(ensure.log()).isZero();
    say("servers up, topics ensured");

    List<ArgosProcess> others =
        List.of(
            service("resource-manager", file, "resource-manager"),
            service("discovery", file, "discovery"),
            service("enrichment", file, "enrichment"));
    SeriesReader reader = opened(new SeriesReader(config));
    await()
        .atMost(ROUND)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(() -> assertThat(reader.enriched()).containsAll(simulation.living()));
    say("%d devices enriched", simulation.living().size());
    List<ArgosProcess> polling =
        List.of(
            service("polling-1", file, "polling", "--set", "instance.id=one"),
            service("polling-2", file, "polling", "--set", "instance.id=two"));
    for (ArgosProcess process : polling) {
      process.awaitReady(START);
    }
    for (ArgosProcess process : others) {
      process.awaitReady(START);
    }
    say("all services ready");

    AtomicReference<Findings> found = new AtomicReference<>();
    await()
        .atMost(ROUND)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> {
          Findings now = reader.findings();
          found.set(now);
          assertThat(expected.without(now)).as("found by standalone alone").isEmpty();
        });
    say("separate services found %s", found.get());
    assertThat(found.get().without(expected)).as("found by separate services alone").isEmpty();
    assertBothPoll(reader);

    for (ArgosProcess process : others) {
      process.awaitReady(START);
    }
  }

  private static final String ANY_PORT =
      """
      servers:
        kafka-port: 0
        zookeeper-port: 0
        redis-port: 0
        registry-port: 0
      """;

  /** What one process with everything in it finds, each living device polled three times. */
  private Findings standalone(Simulation simulation) throws Exception {
    Path file =
        Settings.write(
            folder.resolve("standalone").resolve("argos.yaml"),
            Settings.common(simulation.resources()),
            "redis: {key-file: secrets.key}",
            Settings.SHORT_SESSIONS,
            ANY_PORT);
    try (Standalone standalone =
        Standalone.open(
            ConfigSources.of(file)
                .set("instance.data=" + folder.resolve("standalone").resolve("data")))) {
      standalone.ensureTopics();
      Settings.putCredential(standalone.config());
      standalone.startServices();
      say("standalone up");
      try (SeriesReader reader = new SeriesReader(standalone.config())) {
        await()
            .atMost(ROUND)
            .pollInterval(Duration.ofMillis(500))
            .untilAsserted(() -> {
              Map<String, Long> polls = reader.polls(Instant.EPOCH);
              assertThat(simulation.living())
                  .allSatisfy(device ->
                      assertThat(polls.getOrDefault(device, 0L)).as(device).isGreaterThan(2));
            });
        return reader.findings();
      }
    }
  }

  /** Each of the two has a part of the devices. */
  private static void assertBothPoll(SeriesReader reader) {
    await()
        .atMost(ROUND)
        .untilAsserted(() -> {
          Instant recent = Instant.now().minus(Settings.INTERVAL);
          assertThat(
                  reader.outcomes("polling").stream()
                      .filter(outcome -> !outcome.getDueAt().isBefore(recent))
                      .map(Outcome::getAgent)
                      .collect(Collectors.toSet()))
              .containsExactlyInAnyOrder("one-polling", "two-polling");
        });
  }

  private ArgosProcess service(String name, Path file, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-c", file.toString()));
    return opened(ArgosProcess.start(name, folder, all.toArray(String[]::new)));
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  /** What the test has seen, for those who read its output. */
  private void say(String text, Object... arguments) {
    System.out.printf("%5.1f s %s%n", (System.nanoTime() - begun) / 1e9, text.formatted(arguments));
  }
}
