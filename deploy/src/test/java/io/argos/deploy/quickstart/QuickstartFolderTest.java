package io.argos.deploy.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartFolderTest {
  @TempDir Path folder;

  @Test
  void saysHowMuchRoomTheDiskLacks() {
    assertThatThrownBy(() -> QuickstartFolder.prepare(folder, false, Long.MAX_VALUE))
        .isInstanceOf(QuickstartException.class)
        .hasMessageMatching(
            "The disk of .* has \\d+ MiB left, and a quickstart wants \\d+: free some, or name another folder with --data\\.");
  }

  @Test
  void emptiesItsOwnFolderUnlessToldToKeepIt() throws IOException {
    QuickstartFolder.prepare(folder, false).write("devices.json", "[]");

    QuickstartFolder.prepare(folder, true);
    boolean kept = Files.exists(folder.resolve("devices.json"));
    QuickstartFolder.prepare(folder, false);

    assertThat(kept).isTrue();
    assertThat(folder.resolve("devices.json")).doesNotExist();
  }

  @Test
  void leavesTheFoldersOfOthersAlone() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "years of work");

    assertThatThrownBy(() -> QuickstartFolder.prepare(folder, false))
        .isInstanceOf(QuickstartException.class)
        .hasMessageContaining("holds other things than a quickstart's");
    assertThat(folder.resolve("thesis.tex")).exists();
  }
}
