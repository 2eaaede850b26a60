package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The launcher repeats what the build says; this holds them together. */
class LauncherTest {
  @Test
  void startsTheJvmWithTheFlagsOfTheBuild() throws IOException {
    var pom = Files.readString(Path.of("../pom.xml"));
    var flags = Pattern.compile("<jvm.flags>(.*)</jvm.flags>").matcher(pom);

    assertThat(flags.find()).isTrue();
    assertThat(Files.readString(Path.of("bin/argos"))).contains("flags=(" + flags.group(1) + ")");
  }
}
