package io.argos.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.testing.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the simulated devices against the tools of net-snmp. */
class NetSnmpToolsTest {
  @TempDir Path folder;

  private final ManualClock clock = ManualClock.atNoon();
  private final Simulator simulator =
      Simulator.builder()
          .clock(clock)
          .add(DefaultEstate.twelve().getFirst())
          .add(
              DeviceSpec.of("small", GeneratedDevice.of(Vendor.GENERIC, "small", 30))
                  .maxMessage(484))
          .start();

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void snmpgetReadsValuesOfEveryKind() throws Exception {
    assertThat(
            run(
                "snmpget -v2c",
                "core-1",
                "1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.2.0 1.3.6.1.2.1.1.3.0 1.3.6.1.2.1.2.2.1.5.10101"
                    + " 1.3.6.1.2.1.2.2.1.7.10101 1.3.6.1.2.1.31.1.1.1.6.10107"
                    + " 1.3.6.1.2.1.2.2.1.8.1 1.3.6.1.9.9.0"))
        .satisfiesExactly(
            line ->
                assertThat(line).startsWith(".1.3.6.1.2.1.1.1.0 = STRING: \"Cisco IOS Software"),
            line -> assertThat(line).isEqualTo(".1.3.6.1.2.1.1.2.0 = OID: .1.3.6.1.4.1.9.1.1208"),
            line ->
                assertThat(line)
                    .isEqualTo(".1.3.6.1.2.1.1.3.0 = Timeticks: (8640000) 1 day, 0:00:00.00"),
            line -> assertThat(line).isEqualTo(".1.3.6.1.2.1.2.2.1.5.10101 = Gauge32: 1000000000"),
            line -> assertThat(line).isEqualTo(".1.3.6.1.2.1.2.2.1.7.10101 = INTEGER: 1"),
            line -> assertThat(line).isEqualTo(".1.3.6.1.2.1.31.1.1.1.6.10107 = Counter64: 0"),
            line -> assertThat(line).contains("No Such Instance"),
            line -> assertThat(line).contains("No Such Object"));
  }

  @Test
  void allThreeWalksReadTheSame() throws Exception {
    List<String> next = run("snmpwalk -v2c -Cc", "core-1", "1.3.6.1");
    List<String> bulk = run("snmpbulkwalk -v2c", "core-1", "1.3.6.1");
    List<String> small = run("snmpbulkwalk -v2c -Cr50", "small", "1.3.6.1.2.1.2");
    List<String> v1 = run("snmpwalk -v1", "core-1", "1.3.6.1");

    assertThat(bulk).hasSizeGreaterThan(26 * 41).isEqualTo(next);
    assertThat(small).hasSize(1 + 22 * 30);
    assertThat(v1.subList(0, v1.size() - 1))
        .isEqualTo(
            next.subList(0, next.size() - 1).stream()
                .filter(line -> !line.contains("Counter64"))
                .toList());
    assertThat(v1.getLast()).isEqualTo("End of MIB");
    assertThat(next.getLast()).contains("No more variables left in this MIB View");
  }

  @Test
  void aWrongCommunityIsSilence() throws Exception {
    assertThat(
            execute(command("snmpget -v2c -t 0.2 -r 0 -c wrong", "core-1", "1.3.6.1.2.1.1.1.0"), 1))
        .singleElement()
        .asString()
        .startsWith("Timeout: No Response");
  }

  private List<String> run(String tool, String device, String oids)
      throws IOException, InterruptedException {
    return execute(command(tool + " -c public", device, oids), 0);
  }

  private List<String> command(String tool, String device, String oids) {
    List<String> command = new ArrayList<>(List.of(tool.split(" ")));
    command.add("-On");
    command.add("127.0.0.1:" + simulator.device(device).address().getPort());
    command.addAll(List.of(oids.split(" ")));
    return command;
  }

  private List<String> execute(List<String> command, int exit)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // No configuration of this machine, and nothing left behind on it.
    builder.environment().put("SNMPCONFPATH", folder.toString());
    builder.environment().put("SNMP_PERSISTENT_DIR", folder.toString());
    builder.environment().put("MIBS", "");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isEqualTo(exit);
    return output
        .lines()
        .filter(line -> !line.startsWith("Created directory"))
        .filter(line -> !line.isBlank())
        .toList();
  }
}
