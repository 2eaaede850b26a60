package io.argos.deploy.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart as a user starts it, from the built tree. */
class QuickstartIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FREE_PORTS =
      List.of(
          "--set", "servers.kafka-port=0",
          "--set", "servers.zookeeper-port=0",
          "--set", "servers.redis-port=0",
          "--set", "servers.registry-port=0",
          "--set", "http.port=0");

  /** They are to show what goes wrong with devices. */
  private static final Set<String> TROUBLED = Set.of("lab/dead-1", "lab/lossy-1", "lab/reboot-1");

  @TempDir private Path folder;

  @Test
  void showsLiveDevicesAndSaysEachStepWhenItIsTrue() throws Exception {
    Path data = folder.resolve("data");

    Run run = quickstart("--once", "--json", "--data", data.toString());

    assertThat(run.exit).as("%s%n%s", run.out, run.err).isZero();
    List<JsonNode> steps = new ArrayList<>();
    for (String line : run.out.lines().toList()) {
      steps.add(JSON.readTree(line));
    }
    assertThat(steps)
        .extracting(step -> step.path("step").asText())
        .filteredOn(step -> !step.equals("snmpd"))
        .containsExactly(
            "simulated",
            "servers",
            "topics",
            "services",
            "discovered",
            "enriched",
            "rates",
            "round",
            "ready");
    JsonNode round = steps.get(steps.size() - 2);
    assertThat(round.path("simulated").asInt()).isEqualTo(12);
    assertThat(round.path("discovered").asInt()).isEqualTo(12);
    assertThat(round.path("enriched").asInt()).isEqualTo(11);
    assertThat(round.path("expected-unreachable").asText()).isEqualTo("dead-1");
    JsonNode devices = steps.getLast().path("devices");
    assertThat(devices)
        .filteredOn(device -> device.path("id").asText().equals("lab/dead-1"))
        .singleElement()
        .satisfies(dead -> assertThat(dead.path("state").asText()).isEqualTo("UNREACHABLE"));
    assertThat(devices)
        .filteredOn(device -> !device.path("id").asText().equals("lab/dead-1"))
        .hasSizeGreaterThanOrEqualTo(11)
        .allSatisfy(device -> {
          assertThat(device.path("interfaces").asInt()).as("%s", device).isPositive();
          // One that has just booted, or lost its answers, tells no rates until its next poll.
          assertThat(device.path("bits-in-per-second").asLong())
              .as("%s", device)
              .isGreaterThanOrEqualTo(TROUBLED.contains(device.path("id").asText()) ? 0 : 1);
        });
    assertThat(devices)
        .filteredOn(device -> !TROUBLED.contains(device.path("id").asText()))
        .as("of what their profiles read, nothing is missing")
        .allSatisfy(device ->
            assertThat(device.path("state").asText()).as("%s", device).isEqualTo("REACHABLE"));
    assertThat(Files.readString(data.resolve("argos.log"))).doesNotContain("\"public\"");
  }

  @Test
  void refusesAFolderThatHoldsOtherThings() throws Exception {
    Files.writeString(folder.resolve("thesis.txt"), "mine");

    Run run = quickstart("--data", folder.toString());

    assertThat(run.exit).isEqualTo(1);
    assertThat(run.err).contains("holds other things").contains("--data");
    assertThat(folder.resolve("thesis.txt")).exists();
  }

  private record Run(int exit, String out, String err) {}

  private Run quickstart(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder.getParent(), "quickstart", ".out");
    Path err = Files.createTempFile(folder.getParent(), "quickstart", ".err");
    List<String> command = new ArrayList<>(List.of("bin/argos", "quickstart"));
    command.addAll(List.of(arguments));
    command.addAll(FREE_PORTS);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("it ends by itself").isTrue();
      return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroy();
      Files.delete(out);
      Files.delete(err);
    }
  }
}
