package io.argos.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  @TempDir Path folder;

  @Test
  void isMadeForItsOwnerAlone() throws Exception {
    Path path = folder.resolve("new/secrets.key");

    KeyFile made = KeyFile.create(path);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(KeyFile.read(path).currentId()).isEqualTo(made.currentId());
    assertThat(made.toString()).doesNotContain(Files.readString(path).strip());
  }

  @Test
  void isNeverOverwritten() {
    Path path = folder.resolve("secrets.key");
    String id = KeyFile.create(path).currentId();

    assertThatThrownBy(() -> KeyFile.create(path)).hasMessageContaining("is there already");

    assertThat(KeyFile.readOrCreate(path).currentId()).isEqualTo(id);
  }

  @Test
  void isRefusedWhenOthersMayReadIt() throws Exception {
    Path path = folder.resolve("secrets.key");
    KeyFile.create(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> KeyFile.read(path))
        .hasMessageContaining("open to others")
        .hasMessageContaining("chmod 600 " + path);
  }

  @Test
  void isRefusedWithoutQuotingItWhenItHoldsNoKey() throws Exception {
    Path path = folder.resolve("secrets.key");
    KeyFile.create(path);

    assertThatThrownBy(() -> KeyFile.read(Files.writeString(path, "\n")))
        .hasMessageContaining("holds no key");
    assertThatThrownBy(() -> KeyFile.read(Files.writeString(path, "hunter2!\n")))
        .hasMessageContaining("not base64")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
    assertThatThrownBy(() -> KeyFile.read(Files.writeString(path, "c2hvcnQ=\n")))
        .hasMessageContaining("5 bytes instead of 32");
    assertThatThrownBy(() -> KeyFile.read(folder.resolve("absent")))
        .hasMessageContaining("is not there");
  }
}
