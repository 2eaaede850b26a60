package io.argos.snmp.trap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.argos.snmp.Oid;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver against the senders of net-snmp, in each version. */
class NetSnmpTrapIT {
  private static final Oid LINK_DOWN = Oid.parse("1.3.6.1.6.3.1.1.5.3");
  private static final List<String> AUTH_PRIV =
      List.of(
          "-v3",
          "-l",
          "authPriv",
          "-u",
          TrapProbe.USER,
          "-a",
          "SHA",
          "-A",
          TrapProbe.PASSWORD,
          "-x",
          "AES",
          "-X",
          TrapProbe.PASSWORD);
  private static final List<String> LINK_DOWN_OF_7 =
      List.of(LINK_DOWN.toString(), "1.3.6.1.2.1.2.2.1.1.7", "i", "7");

  @TempDir Path folder;
  private TrapProbe probe;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/snmptrap")), "net-snmp is not installed");
    probe = TrapProbe.open("any");
  }

  @AfterEach
  void close() throws InterruptedException {
    if (probe != null) {
      probe.close();
    }
  }

  @Test
  void hearsATrapOfTheSecondVersion() throws Exception {
    int exit = run("snmptrap", List.of("-v2c", "-c", "public"), "127.0.0.1", second());

    Trap trap = heard();
    assertThat(exit).isZero();
    assertThat(trap.version()).isEqualTo(2);
    assertThat(trap.inform()).isFalse();
    assertThat(trap.oid()).isEqualTo(LINK_DOWN);
    assertThat(trap.uptimeCentis()).isEqualTo(4711);
    assertThat(trap.source()).isEqualTo(InetAddress.getByName("127.0.0.1"));
    assertThat(trap.varbinds())
        .singleElement()
        .satisfies(varbind -> {
          assertThat(varbind.oid()).hasToString("1.3.6.1.2.1.2.2.1.1.7");
          assertThat(varbind.number()).isEqualTo(7);
        });
  }

  @Test
  void translatesATrapOfTheFirstVersion() throws Exception {
    run(
        "snmptrap",
        List.of("-v1", "-c", "public"),
        "127.0.0.1",
        List.of(
            "1.3.6.1.4.1.8072", "192.0.2.7", "2", "0", "4711", "1.3.6.1.2.1.2.2.1.1.7", "i", "7"));
    Trap generic = heard();
    run(
        "snmptrap",
        List.of("-v1", "-c", "public"),
        "127.0.0.1",
        List.of("1.3.6.1.2.1.33.2", "0.0.0.0", "6", "3", "4711"));
    Trap specific = heard();

    assertThat(generic.version()).isEqualTo(1);
    assertThat(generic.oid()).isEqualTo(LINK_DOWN);
    assertThat(generic.origin()).contains(InetAddress.getByName("192.0.2.7"));
    assertThat(generic.uptimeCentis()).isEqualTo(4711);
    assertThat(specific.oid()).hasToString("1.3.6.1.2.1.33.2.0.3");
    assertThat(specific.origin()).isEmpty();
    assertThat(specific.varbinds())
        .extracting(TrapVarbind::text)
        .containsExactly("1.3.6.1.2.1.33.2");
  }

  @Test
  void answersAnInformOnceItIsKept() throws Exception {
    assertThat(run("snmpinform", List.of("-v2c", "-c", "public"), "127.0.0.1", second())).isZero();

    assertThat(heard().inform()).isTrue();
    assertThat(probe.counts.allHeard()).isEqualTo(1);
  }

  @Test
  void leavesAnInformThatIsNotKeptWithoutAnAnswer() throws Exception {
    probe.keeps = false;

    int exit =
        run(
            "snmpinform",
            List.of("-v2c", "-c", "public", "-t", "0.2", "-r", "2"),
            "127.0.0.1",
            second());

    assertThat(exit).isNotZero();
    Trap first = heard();
    Trap second = heard();
    assertThat(second.requestId()).isEqualTo(first.requestId());
  }

  @Test
  void hearsATrapOfTheThirdVersionWithTheEngineOfItsSender() throws Exception {
    List<String> options = new ArrayList<>(AUTH_PRIV);
    options.addAll(List.of("-e", "0x8000000001020304"));

    run("snmptrap", options, "127.0.0.1", second());

    Trap trap = heard();
    assertThat(trap.version()).isEqualTo(3);
    assertThat(trap.engineId()).contains("8000000001020304");
    assertThat(trap.oid()).isEqualTo(LINK_DOWN);
  }

  @Test
  void answersAnInformOfTheThirdVersionWithItsOwnEngine() throws Exception {
    assertThat(run("snmpinform", AUTH_PRIV, "127.0.0.1", second())).isZero();
    assertThat(heard().version()).isEqualTo(3);

    List<String> strong =
        List.of(
            "-v3",
            "-l",
            "authPriv",
            "-u",
            "strong",
            "-a",
            "SHA-256",
            "-A",
            TrapProbe.PASSWORD,
            "-x",
            "AES",
            "-X",
            TrapProbe.PASSWORD);
    assertThat(run("snmpinform", strong, "127.0.0.1", second())).isZero();
    assertThat(heard().inform()).isTrue();
    assertThat(probe.counts.allDropped(TrapDrop.DISCOVERY)).isEqualTo(2);
  }

  @Test
  void hearsOverTheSixthVersionOfTheInternetProtocol() throws Exception {
    assertThat(run("snmpinform", List.of("-v2c", "-c", "public"), "udp6:[::1]", second())).isZero();
    assertThat(heard().source()).isEqualTo(InetAddress.getByName("::1"));

    assertThat(run("snmpinform", AUTH_PRIV, "udp6:[::1]", second())).isZero();
    assertThat(heard().version()).isEqualTo(3);
  }

  @Test
  void dropsAndCountsWhoIsNotAllowed() throws Exception {
    run("snmptrap", List.of("-v2c", "-c", "wrong"), "127.0.0.1", second());
    run("snmptrap", List.of("-v1", "-c", "wrong"), "127.0.0.1", first());
    dropped(TrapDrop.COMMUNITY, 2);

    run("snmptrap", v3("authPriv", TrapProbe.USER, "not-the-password"), "127.0.0.1", second());
    dropped(TrapDrop.USER, 1);
    run("snmptrap", v3("authPriv", "nobody", TrapProbe.PASSWORD), "127.0.0.1", second());
    dropped(TrapDrop.USER, 2);

    // Its password is asked of a user who has one.
    run("snmptrap", v3("noAuthNoPriv", TrapProbe.USER, TrapProbe.PASSWORD), "127.0.0.1", second());
    run("snmptrap", v3("authNoPriv", TrapProbe.USER, TrapProbe.PASSWORD), "127.0.0.1", second());
    dropped(TrapDrop.USER, 4);

    run(
        "snmpget",
        List.of("-v2c", "-c", "public", "-t", "0.1", "-r", "0"),
        "127.0.0.1",
        List.of("1.3.6.1.2.1.1.3.0"));
    dropped(TrapDrop.REQUEST, 1);
    assertThat(probe.heard).isEmpty();
    assertThat(probe.counts.allReceived()).isEqualTo(probe.counts.allDropped());
  }

  @Test
  void acceptsAndForgetsCredentialsWhileItRuns() throws Exception {
    probe.receiver.allow(List.of(TrapProbe.community("other")));
    run("snmptrap", List.of("-v2c", "-c", "public"), "127.0.0.1", second());
    run("snmptrap", AUTH_PRIV, "127.0.0.1", second());
    dropped(TrapDrop.COMMUNITY, 1);
    dropped(TrapDrop.USER, 1);

    run("snmptrap", List.of("-v2c", "-c", "other"), "127.0.0.1", second());

    assertThat(heard().oid()).isEqualTo(LINK_DOWN);
  }

  @Test
  void closesInBoundedTime() throws Exception {
    long began = System.nanoTime();

    probe.close();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
  }

  private static List<String> second() {
    List<String> words = new ArrayList<>(List.of("4711"));
    words.addAll(LINK_DOWN_OF_7);
    return words;
  }

  private static List<String> first() {
    return List.of("1.3.6.1.4.1.8072", "192.0.2.7", "2", "0", "4711");
  }

  private static List<String> v3(String level, String user, String password) {
    return List.of(
        "-v3", "-l", level, "-u", user, "-a", "SHA", "-A", password, "-x", "AES", "-X", password);
  }

  private void dropped(TrapDrop reason, long count) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(probe.counts.allDropped(reason)).isEqualTo(count));
  }

  private Trap heard() throws InterruptedException {
    Trap trap = probe.heard.poll(60, TimeUnit.SECONDS);
    assertThat(trap).as("a trap, beside %s", probe.counts).isNotNull();
    return trap;
  }

  private int run(String program, List<String> options, String to, List<String> rest)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("/usr/bin/" + program));
    command.addAll(options);
    command.add(to + ":" + probe.receiver.port());
    command.addAll(rest);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MIBS", "");
    builder.environment().put("SNMP_PERSISTENT_DIR", folder.toString());
    builder.environment().put("SNMPCONFPATH", folder.toString());
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    System.getLogger("net-snmp").log(System.Logger.Level.DEBUG, said);
    return process.exitValue();
  }
}
