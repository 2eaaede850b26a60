package io.argos.discovery.plugin.subnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.discovery.plugin.FakeContext;
import io.argos.discovery.plugin.FakeEmitter;
import io.argos.discovery.plugin.Plugins;
import io.argos.schemas.ResourceClaim;
import io.argos.snmp.SnmpClient;
import io.argos.snmp.SnmpEngine;
import io.argos.spi.Cause;
import io.argos.spi.Discoverer;
import io.argos.spi.Discoverer.Outcome;
import io.argos.spi.Secret;
import io.argos.testing.SnmpDaemon;
import io.argos.testing.simulator.DefaultEstate;
import io.argos.testing.simulator.SimulatedDevice;
import io.argos.testing.simulator.Simulator;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps simulated and real agents with the real engine. */
class SubnetDiscovererIT {
  private final SnmpClient client =
      SnmpEngine.open(ConfigLoader.load(ConfigSources.defaults()).config().snmp());
  private final FakeContext context =
      new FakeContext().community("wrong", "secret").community("public", "public");
  private final FakeEmitter emitter = new FakeEmitter();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void findsEveryDeviceOfTheEstateThatAnswers() throws Exception {
    try (Simulator simulator =
        Simulator.builder()
            .addresses(InetAddress.getByName("127.77.0.1"), 0)
            .addAll(DefaultEstate.twelve())
            .start()) {
      int port = simulator.devices().getFirst().address().getPort();

      Outcome outcome =
          sweep(
              Map.of(
                  "ranges",
                  List.of("127.77.0.1-127.77.0.14"),
                  "excluded",
                  List.of("127.77.0.2"),
                  "port",
                  port,
                  "retries",
                  3));

      assertThat(outcome).isEqualTo(new Outcome.Complete());
      assertThat(emitter.names())
          .containsExactly(
              "core-1",
              "edge-1",
              "access-1",
              "host-1",
              "access-2",
              "slow-1",
              "reboot-1",
              "wrap-1",
              "lossy-1",
              "unknown-1");
      assertThat(emitter.claims().getFirst())
          .satisfies(claim -> {
            assertThat(claim.getType()).isEqualTo("cisco");
            assertThat(claim.getCredential()).isEqualTo("public");
            assertThat(claim.getEndpoint()).isEqualTo("127.77.0.1:" + port);
          });
      assertThat(emitter.claims()).extracting(ResourceClaim::getType).contains("unknown", "arista");
      assertThat(simulator.device("core-2").counters().requests()).isZero();
      assertThat(simulator.device("dead-1").counters().requests()).isEqualTo(8);
    }
  }

  @Test
  void findsARealAgentOverV3AndSaysWhenItRefuses(@TempDir Path folder) throws Exception {
    try (SnmpDaemon daemon = SnmpDaemon.start(folder)) {
      context.secret(v3("usm", SnmpDaemon.PASSWORD)).secret(v3("usm-wrong", "not-the-password"));
      Map<String, Object> range =
          Map.of("ranges", List.of("127.0.0.1"), "port", daemon.address().getPort());

      Outcome found = sweep(range, "usm-wrong", "usm");
      Outcome refused = sweep(range, "usm-wrong");

      assertThat(found).isEqualTo(new Outcome.Complete());
      assertThat(emitter.claims())
          .singleElement()
          .satisfies(claim -> {
            assertThat(claim.getCredential()).isEqualTo("usm");
            assertThat(claim.getType()).isEqualTo("net-snmp");
          });
      assertThat(refused)
          .isInstanceOfSatisfying(
              Outcome.Incomplete.class,
              incomplete -> {
                assertThat(incomplete.failure().cause()).isEqualTo(Cause.AUTHENTICATION);
                assertThat(incomplete.failure().detail())
                    .startsWith("1 address refused every credential")
                    .doesNotContain("not-the-password");
              });
    }
  }

  @Test
  void sweepsThousandsOfAddressesAtItsPace() throws Exception {
    try (Simulator simulator =
        Simulator.builder()
            .addresses(InetAddress.getByName("127.78.0.1"), 0)
            .addAll(DefaultEstate.of(1000))
            .start()) {
      int port = simulator.devices().getFirst().address().getPort();
      long before = System.nanoTime();

      Outcome outcome =
          sweep(
              Map.of(
                  "ranges",
                  List.of("127.78.0.0/22"),
                  "port",
                  port,
                  "retries",
                  2,
                  "concurrency",
                  256,
                  "timeout",
                  "PT0.5S",
                  "packets-per-second",
                  2000),
              "public");

      assertThat(outcome).isEqualTo(new Outcome.Complete());
      assertThat(emitter.names()).hasSize(999).doesNotContain("dead-1");
      long requests =
          simulator.devices().stream()
              .map(SimulatedDevice::counters)
              .mapToLong(counters -> counters.requests())
              .sum();
      double seconds = (System.nanoTime() - before) / 1e9;
      assertThat(requests / seconds).isLessThan(2100);
    }
  }

  private static Secret v3(String name, String password) {
    return new Secret(
        name,
        Map.of(
            "user",
            SnmpDaemon.USER,
            "auth-protocol",
            "SHA",
            "auth-password",
            password,
            "priv-protocol",
            "AES",
            "priv-password",
            password));
  }

  private Outcome sweep(Map<String, Object> settings) throws InterruptedException {
    return sweep(settings, "wrong", "public");
  }

  private Outcome sweep(Map<String, Object> settings, String... credentials)
      throws InterruptedException {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("credentials", List.of(credentials));
    all.putIfAbsent("packets-per-second", 1000);
    try (Discoverer discoverer = Plugins.of(new SubnetDiscovererFactory(client), context, all)) {
      return discoverer.run(Plugins.run(Duration.ofMinutes(5)), emitter);
    }
  }
}
