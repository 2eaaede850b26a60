package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples for systemd and supervisord fit the command and each other. */
class SupervisionTest {
  private static final Path UNIT = Path.of("systemd/argos@.service");

  @TempDir Path folder;

  @Test
  void startsTheFourServicesUnderSupervisordEachWithAPortOfItsOwn() throws IOException {
    var sample = Files.readString(Path.of("supervisord/argos.conf"));

    assertThat(all(sample, "command=/opt/argos/bin/argos (\\S+)"))
        .containsExactly("discovery", "enrichment", "polling", "resource-manager");
    assertThat(all(sample, "\\[program:argos-(\\S+)]"))
        .containsExactly("discovery", "enrichment", "polling", "resource-manager");
    assertThat(all(sample, "ARGOS__HTTP__PORT=\"(\\d+)\"")).hasSize(4).doesNotHaveDuplicates();
    assertThat(all(sample, "ARGOS__INSTANCE__DATA=\"(\\S+?)\"")).hasSize(4).doesNotHaveDuplicates();
    for (var service : all(sample, "command=\\S+ (\\S+)")) {
      assertThat(Session.run(folder, service, "--help").exitCode()).as(service).isZero();
    }
  }

  @Test
  void isAUnitThatSystemdUnderstands() throws IOException, InterruptedException {
    var unit = Files.readString(UNIT);
    assertThat(unit).contains("ExecStart=/opt/argos/bin/argos %i\n", "SuccessExitStatus=143\n");
    if (Files.isExecutable(Path.of("/usr/bin/systemd-analyze"))) {
      var here = System.getProperty("user.name");
      Files.writeString(
          folder.resolve("argos@.service"),
          unit.replace("/opt/argos/bin/argos", Path.of("bin/argos").toAbsolutePath().toString())
              .replaceAll("(?m)^(User)=.*", "$1=" + here)
              .replaceAll("(?m)^Group=.*\n", ""));

      var verdict =
          Programs.run(folder, Map.of(), "systemd-analyze", "verify", "./argos@polling.service");

      assertThat(verdict.exitCode()).as(verdict.err()).isZero();
      assertThat(verdict.err()).doesNotContain("argos@");
    }
  }

  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(SupervisionTest::first).toList();
  }

  private static String first(MatchResult match) {
    return match.group(1);
  }
}
