package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.simulator.Behaviour;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.Recording;
import io.argos.testing.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures simulated devices over UDP. */
class DeviceCaptureCommandIT {
  private static final Path RECORDING =
      Path.of("..", "config", "profiles", "tests", "juniper", "recording.snmprec");

  @TempDir Path folder;

  private final Simulator simulator =
      Simulator.builder().add(DeviceSpec.of("juniper", Recording.read(RECORDING))).start();

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Session capture(String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "device",
                "capture",
                "127.0.0.1:" + simulator.device("juniper").address().getPort(),
                "--community",
                "public",
                "--set",
                "snmp.timeout=500ms",
                "--set",
                "snmp.retries=1"));
    line.addAll(List.of(more));
    return Session.run(folder, line.toArray(String[]::new));
  }

  private static List<String> oids(String recording) {
    return recording
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf('|')))
        .sorted()
        .toList();
  }

  private static List<String> recorded() throws IOException {
    return oids(Files.readString(RECORDING, StandardCharsets.ISO_8859_1));
  }

  @Test
  void capturesWhatWasRecordedAndAnswersLikeIt() throws IOException {
    var session = capture("-o", "captured.snmprec");

    assertThat(session.exitCode()).as(session.err()).isZero();
    Path captured = folder.resolve("captured.snmprec");
    assertThat(oids(Files.readString(captured, StandardCharsets.ISO_8859_1))).isEqualTo(recorded());
    assertThat(Recording.read(captured).size()).isEqualTo(recorded().size());
  }

  @Test
  void goesOnBesideALoop() throws IOException {
    simulator
        .device("juniper")
        .behave(new Behaviour.Loops(ObjectId.parse("1.3.6.1.2.1.2.2.1.2"), 1));

    var session = capture();

    assertThat(session.exitCode()).as(session.err()).isZero();
    assertThat(session.err()).contains("loop");
    assertThat(oids(session.out()))
        .contains("1.3.6.1.2.1.2.2.1.3.501")
        .containsAll(
            recorded().stream().filter(oid -> oid.startsWith("1.3.6.1.4.1.2636")).toList());
  }

  @Test
  void saysThatNobodyAnswersAndThatAFileCannotBeWritten() {
    simulator.device("juniper").behave(new Behaviour.Dead());

    assertThat(capture().exitCode()).isEqualTo(5);
    var unwritable = capture("-o", "nowhere/x.snmprec");
    assertThat(unwritable.exitCode()).isEqualTo(1);
    assertThat(unwritable.err()).startsWith("cannot write");
    assertThat(capture("--root", "x").exitCode()).isEqualTo(2);
    assertThat(capture("--max-values", "0").exitCode()).isEqualTo(2);
  }
}
