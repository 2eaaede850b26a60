package io.argos.testing.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorMainTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @Test
  void printsEachDeviceAndWritesThemAsResources() throws Exception {
    Path recording = folder.resolve("ups.snmprec");
    Files.writeString(recording, "1.3.6.1.2.1.1.5.0|4|ups-1\n");
    Path resources = folder.resolve("resources.json");

    try (Simulator simulator =
        start(
            "--devices", "2",
            "--addresses", "127.10.0.1:0",
            "--recording", "ups-1=" + recording,
            "--resources", resources.toString(),
            "--site", "lab")) {
      int port = simulator.device("core-1").address().getPort();

      List<String> lines = output.toString(StandardCharsets.UTF_8).lines().toList();
      assertThat(lines)
          .containsExactly(
              "{\"device\":\"core-1\",\"address\":\"127.10.0.1\",\"port\":"
                  + port
                  + ",\"dead\":false}",
              "{\"device\":\"core-2\",\"address\":\"127.10.0.2\",\"port\":"
                  + port
                  + ",\"dead\":false}",
              "{\"device\":\"ups-1\",\"address\":\"127.10.0.3\",\"port\":"
                  + port
                  + ",\"dead\":false}");
      assertThat(Files.readString(resources))
          .contains("\"resource_site\": \"lab\"")
          .contains("\"resource_type\": \"juniper\"")
          .contains("\"resource_endpoint\": \"127.10.0.3:" + port + "\"");
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> start("--device", "2")).hasMessage("--device: no such option");
    assertThatThrownBy(() -> start("--devices", "many"))
        .hasMessage("--devices: 'many' is not a number from 0 to 100000");
    assertThatThrownBy(() -> start("--recording", "nothing"))
        .hasMessage("--recording: 'nothing' is not NAME=FILE");
  }

  private Simulator start(String... args) {
    return SimulatorMain.start(args, new PrintStream(output, true, StandardCharsets.UTF_8));
  }
}
