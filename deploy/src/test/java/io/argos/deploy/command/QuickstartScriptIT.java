package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody reads whose machine is not as the quickstart wants it: one sentence each. */
class QuickstartScriptIT {
  private static final Path ARGOS = Path.of("bin/argos").toAbsolutePath();
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @TempDir Path folder;

  @Test
  void asksForAJdk() throws IOException, InterruptedException {
    var script = script();

    var session = Programs.run(folder, Map.of("ARGOS_JAVA_HOME", "/nowhere"), script);

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(session.err())
        .isEqualTo("ARGOS_JAVA_HOME is /nowhere, which holds no JDK 25 or later.\n");
  }

  @Test
  void asksForMavenWhenNothingIsBuilt() throws IOException, InterruptedException {
    var session = Programs.run(folder, environment(), script());

    assertThat(session.exitCode()).as(session.err()).isEqualTo(1);
    assertThat(session.err())
        .isEqualTo(
            "Argos is not built and there is no mvn on the PATH: install Maven 3.8.7 or later (Debian: maven).\n");
  }

  @Test
  void showsTheEndOfABuildThatFails() throws IOException, InterruptedException {
    var script = script();
    var environment = environment();
    var maven =
        Files.writeString(folder.resolve("path/mvn"), "#!/bin/sh\necho no network\nexit 1\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();

    var session = Programs.run(folder, environment, script);

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(session.err()).endsWith("The build failed:\nno network\n");
  }

  @Test
  void leavesAFolderAloneThatIsNotItsOwn() throws IOException, InterruptedException {
    var foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.tex"), "years of work");

    var session = quickstart("--data", foreign.toString());

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(session.out()).isEmpty();
    assertThat(session.err())
        .isEqualTo(
            foreign
                + " holds other things than a quickstart's: name an empty folder with --data.\n");
    assertThat(foreign.resolve("thesis.tex")).hasContent("years of work");
    assertThat(foreign.toFile().list()).containsExactly("thesis.tex");
  }

  @Test
  void saysThatAFolderCannotBeWritten() throws IOException, InterruptedException {
    var file = Files.writeString(folder.resolve("file"), "");

    var session = quickstart("--data", file.resolve("data").toString());

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(session.err())
        .startsWith(file.resolve("data") + " cannot be written (")
        .endsWith("): name another folder with --data.\n");
    assertThat(session.err().lines()).hasSize(1);
  }

  @Test
  void saysWhichPortIsTaken() throws IOException, InterruptedException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var session =
          quickstart(
              "--data",
              folder.resolve("data").toString(),
              "--devices",
              "1",
              "--set",
              "http.port=" + taken.getLocalPort());

      assertThat(session.exitCode()).isEqualTo(1);
      assertThat(session.err().lines().findFirst().orElse(""))
          .startsWith("Port " + taken.getLocalPort() + " of the HTTP endpoint cannot be had on")
          .endsWith("stop what uses it, or set http.port to another, 0 for any.");
      assertThat(session.err()).doesNotContain("\tat ");
    }
  }

  private Session quickstart(String... options) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(ARGOS.toString(), "quickstart", "--once"));
    command.addAll(List.of(options));
    return Programs.run(folder, Map.of(), command.toArray(String[]::new));
  }

  /** A tree that holds the scripts and nothing that was built. */
  private String script() throws IOException {
    var bin = Files.createDirectories(folder.resolve("tree/deploy/bin"));
    for (var name : List.of("argos", "find-java")) {
      Files.copy(Path.of("bin", name), bin.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
    var script = folder.resolve("tree/deploy/quickstart");
    Files.copy(Path.of("quickstart"), script, StandardCopyOption.COPY_ATTRIBUTES);
    return script.toString();
  }

  private static void executable(Path file, String lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + lines + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** A path with what the scripts use and no Maven. */
  private Map<String, String> environment() throws IOException {
    var path = Files.createDirectories(folder.resolve("path"));
    for (var tool : List.of("bash", "sh", "dirname", "readlink", "find", "grep", "mkdir", "tail")) {
      for (var place : List.of("/usr/bin", "/bin")) {
        var program = Path.of(place, tool);
        if (Files.isExecutable(program)) {
          executable(path.resolve(tool), "exec %s \"$@\"".formatted(program));
        }
      }
    }
    return Map.of("PATH", path.toString(), "ARGOS_JAVA_HOME", JAVA_HOME.toString());
  }
}
