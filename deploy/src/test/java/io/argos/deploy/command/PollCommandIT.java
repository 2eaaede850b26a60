package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.argos.testing.SnmpDaemon;
import io.argos.testing.simulator.DefaultEstate;
import io.argos.testing.simulator.Simulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Polls simulated devices and, where there is one, the real agent of net-snmp. */
class PollCommandIT {
  private static final Simulator SIMULATOR =
      Simulator.builder().addAll(DefaultEstate.of(12)).start();

  private static final String[] HASTY = {"--set", "snmp.timeout=300ms", "--set", "snmp.retries=1"};

  @TempDir static Path folder;

  private static InputStream standardInput = InputStream.nullInputStream();

  @BeforeAll
  static void keepStandardInput() {
    standardInput = System.in;
  }

  @AfterAll
  static void stop() {
    System.setIn(standardInput);
    SIMULATOR.close();
  }

  @Test
  void pollsEverySimulatedDeviceThatLives() throws IOException {
    int polled = 0;
    for (var device : SIMULATOR.devices()) {
      if (device.name().startsWith("dead")) {
        continue;
      }
      var session = poll(device.address(), "public", "-o", "json");

      assertThat(session.exitCode()).as(device.name() + ": " + session.err()).isZero();
      var json = new ObjectMapper().readTree(session.out());
      assertThat(json.path("profile").path("name").asText()).isNotEmpty();
      assertThat(json.path("profile").path("because").asText()).isNotEmpty();
      assertThat(json.path("device").path("sysDescr").asText()).isNotEmpty();
      var rows = interfaces(json);
      assertThat(rows).as(device.name()).isNotEmpty();
      assertThat(rows.get(0).path("dimensions").path("interface_name").asText()).isNotEmpty();
      assertThat(rows.get(0).path("values").path("bits_in").isNumber()).isTrue();
      polled++;
    }
    assertThat(polled).isEqualTo(11);
  }

  @Test
  void saysWhatWasTriedWhenNothingAnswersAndNeverASecret() {
    var dead =
        SIMULATOR.devices().stream()
            .filter(device -> device.name().startsWith("dead"))
            .findFirst()
            .orElseThrow();
    var alive = SIMULATOR.devices().getFirst();

    var silent = poll(dead.address(), "public", HASTY);
    var wrong = poll(alive.address(), "hunter2", HASTY);

    for (var session : List.of(silent, wrong)) {
      assertThat(session.exitCode()).isEqualTo(5);
      assertThat(session.out()).isEmpty();
      assertThat(session.err())
          .contains(
              ": answers ping, but no SNMP: no answer to credential 'given',"
                  + " asked 2 times, 0.3 s each time.")
          .doesNotContain("hunter2");
      assertThat(session.err().lines()).hasSize(1);
    }
  }

  @Test
  void readsTheCommunityFromStandardInput() {
    var device = SIMULATOR.devices().getFirst();
    System.setIn(new ByteArrayInputStream("public\n".getBytes(StandardCharsets.UTF_8)));

    var session = poll(device.address(), "-");
    System.setIn(InputStream.nullInputStream());
    var nothing = poll(device.address(), "-");

    assertThat(session.exitCode()).as(session.err()).isZero();
    assertThat(session.out()).contains("GROUP interface").contains("bits_in");
    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.err()).startsWith("no community was given: one a line\n");
  }

  @Test
  void readsADeviceByTheProfileThatIsAskedFor() throws IOException {
    var device = SIMULATOR.devices().getFirst();

    var session = poll(device.address(), "public", "--profile", "fallback", "-o", "json");
    var unknown = poll(device.address(), "public", "--profile", "nonsense");

    var json = new ObjectMapper().readTree(session.out());
    assertThat(json.path("profile").path("name").asText()).isEqualTo("fallback");
    assertThat(json.path("profile").path("because").asText()).isEqualTo("asked for by name");
    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(unknown.err()).startsWith("there is no profile 'nonsense'; there are ");
  }

  @Test
  void saysWhyThereIsNoSecret() {
    var device = SIMULATOR.devices().getFirst();

    var session = Session.run(folder, "poll", at(device.address()), "--secret", "campus");

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(session.err())
        .startsWith("key file %s is not there: ".formatted(folder.resolve("secrets.key")));
  }

  @Test
  void pollsTheRealAgent(@TempDir Path state) {
    assumeTrue(SnmpDaemon.program().isPresent(), "this machine has no snmpd");
    try (var daemon = SnmpDaemon.start(state)) {
      var v2c = poll(daemon.address(), SnmpDaemon.COMMUNITY);
      var v1 = poll(daemon.address(), SnmpDaemon.COMMUNITY, "-v", "1");
      var v3 = v3(daemon.address(), SnmpDaemon.PASSWORD);
      var refused = v3(daemon.address(), "not-this-password");

      for (var session : List.of(v2c, v1, v3)) {
        assertThat(session.exitCode()).as(session.err()).isZero();
        assertThat(session.out())
            .contains("profile        net-snmp, sysObjectID begins with 1.3.6.1.4.1.8072.3.2")
            .contains("status         SUCCESS", "GROUP interface", "\n  lo\n");
      }
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err())
          .contains(" refuses: ", "wrong digest")
          .doesNotContain("not-this-password");
    }
  }

  private static Session v3(InetSocketAddress address, String password) {
    var typed = (password + "\n" + SnmpDaemon.PASSWORD + "\n").getBytes(StandardCharsets.UTF_8);
    System.setIn(new ByteArrayInputStream(typed));
    return Session.run(
        folder,
        "poll",
        at(address),
        "--user",
        SnmpDaemon.USER,
        "--auth-password",
        "-",
        "--priv-password",
        "-");
  }

  private static Session poll(InetSocketAddress address, String community, String... more) {
    var arguments = new ArrayList<>(List.of("poll", at(address), "--community", community));
    // One device is slow, and one loses packets.
    arguments.addAll(List.of("--set", "snmp.timeout=1s", "--set", "snmp.retries=5"));
    arguments.addAll(List.of(more));
    return Session.run(folder, arguments.toArray(String[]::new));
  }

  private static JsonNode interfaces(JsonNode document) {
    for (var group : document.path("groups")) {
      if (group.path("name").asText().equals("interface")) {
        return group.path("rows");
      }
    }
    return MissingNode.getInstance();
  }

  private static String at(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
