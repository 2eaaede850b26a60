package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.argos.config.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that is shipped, unpacked and used by somebody who has nothing but a JDK. */
class DistributionIT {
  @TempDir static Path folder;

  private static Path home = Path.of("");
  private static Path elsewhere = Path.of("");

  @BeforeAll
  static void unpack() throws IOException, InterruptedException {
    var archive = System.getProperty("argos.distribution", "");
    assumeTrue(!archive.isEmpty(), "built with -Dquick: there is no distribution");
    elsewhere = Files.createDirectory(folder.resolve("else where"));

    var tar = Programs.run(folder, Map.of(), "tar", "-xzf", archive);

    assertThat(tar.exitCode()).as(tar.err()).isZero();
    try (Stream<Path> unpacked = Files.list(folder)) {
      home = unpacked.filter(path -> !path.equals(elsewhere)).findFirst().orElseThrow();
    }
  }

  @Test
  void holdsAllThatItsReaderIsPromised() throws IOException {
    assertThat(home.getFileName().toString()).startsWith("argos-");
    assertThat(Files.readString(home.resolve("config/argos.yaml")))
        .isEqualTo(ConfigReference.defaultFile());
    for (var file :
        List.of(
            "LICENSE",
            "README.md",
            "CHANGELOG.md",
            "docs/operating.md",
            "docs/configuration.md",
            "docs/topics.md",
            "config/profiles/if-mib.yaml",
            "systemd/argos@.service",
            "supervisord/argos.conf")) {
      assertThat(home.resolve(file)).isRegularFile();
    }
    assertThat(home.resolve("bin/argos")).isExecutable();
    assertThat(home.resolve("bin/find-java")).isExecutable();
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .allMatch(name -> name.endsWith(".jar"))
          .anyMatch(name -> name.startsWith("argos-deploy-"))
          .noneMatch(name -> name.startsWith("junit") || name.startsWith("assertj"));
    }
  }

  @Test
  void runsFromAnotherFolder() throws IOException, InterruptedException {
    var argos = home.resolve("bin/argos").toString();

    var version = Programs.run(elsewhere, Map.of(), argos, "--version");
    var config =
        Programs.run(
            elsewhere, Map.of(), argos, "config", "check", "-c", home + "/config/argos.yaml");
    var completion = Programs.run(elsewhere, Map.of(), argos, "completion", "bash");

    assertThat(version.err()).isEmpty();
    assertThat(version.out()).matches("argos \\d+\\.\\d+\\.\\d+\\S* \\(Java 25.*\\)\\R");
    assertThat(config.exitCode()).as(config.err()).isZero();
    assertThat(config.out()).isEqualTo(home + "/config/argos.yaml: ok\n");
    assertThat(completion.out()).startsWith("#!").contains("_complete_argos");
    assertThat(completion.err()).isEmpty();
  }

  @Test
  void runsThroughLinks() throws IOException, InterruptedException {
    var absolute = Files.createSymbolicLink(folder.resolve("argos"), home.resolve("bin/argos"));
    var relative = Files.createSymbolicLink(elsewhere.resolve("argos-link"), Path.of("../argos"));

    var through = Programs.run(elsewhere, Map.of(), relative.toString(), "--version");
    // The program is looked up by the shell, as a person's would.
    var fromPath =
        Programs.run(
            elsewhere,
            Map.of("PATH", folder + ":" + System.getenv("PATH")),
            "bash",
            "-c",
            "argos --version");

    assertThat(absolute).isSymbolicLink();
    assertThat(through.out()).as(through.err()).startsWith("argos ");
    assertThat(fromPath.out()).as(fromPath.err()).startsWith("argos ");
  }

  @Test
  void completesItsCommandsInBash() throws IOException, InterruptedException {
    var script =
        """
        source <("$1" completion bash)
        COMP_WORDS=(argos topics en) COMP_CWORD=2 COMP_LINE='argos topics en' COMP_POINT=15
        _complete_argos
        printf '%s\\n' "${COMPREPLY[@]}"
        """;

    var completed =
        Programs.run(
            elsewhere,
            Map.of(),
            "bash",
            "-c",
            script,
            "bash",
            home.resolve("bin/argos").toString());

    assertThat(completed.out()).as(completed.err()).isEqualTo("ensure\n");
  }

  @Test
  void saysWhichJdkItWantsWhenTheNamedOneIsNone() throws IOException, InterruptedException {
    var argos = home.resolve("bin/argos").toString();

    var session =
        Programs.run(elsewhere, Map.of("ARGOS_JAVA_HOME", "/nowhere"), argos, "--version");

    assertThat(session.exitCode()).isEqualTo(1);
    assertThat(session.out()).isEmpty();
    assertThat(session.err())
        .isEqualTo("ARGOS_JAVA_HOME is /nowhere, which holds no JDK 25 or later.\n");
  }
}
