package io.argos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileNewCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        // a sysObjectID that is a text, and one of one arc
        "1.3.6.1.2.1.1.2.0|4|hello",
        "1.3.6.1.2.1.1.2.0|6|1",
        // control characters beyond ASCII and line separators in texts
        "1.3.6.1.2.1.1.1.0|4x|41c28042c28543e280a844",
        "1.3.6.1.2.1.1.1.0|4x|56657273696f6e2031c2802ee280a832",
        "1.3.6.1.4.1.99999.1.2.0|4x|41c28042"
      })
  void draftsAProfileWhateverADeviceAnswers(String line) throws IOException {
    Files.createDirectories(folder.resolve("mine"));
    Files.writeString(folder.resolve("argos.yaml"), "profiles: [mine]\n");
    Files.writeString(folder.resolve("frob.snmprec"), line + "\n");

    var session = Session.run(folder, "profile", "new", "--from-walk", "frob.snmprec");

    assertThat(session.exitCode()).as(session.err()).isZero();
    assertThat(session.out()).contains("profile: frob\n");
  }
}
