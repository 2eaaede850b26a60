package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.argos.config.ConfigException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveProfilesTest {
  private static final String FROB =
      "profile: frob\nextends: if-mib\nmatch: { sysObjectID: 1.3.6.1.4.1.99999 }\ndescription: %s\n";
  private static final DeviceFacts DEVICE =
      new DeviceFacts(
          Optional.of("1.3.6.1.4.1.99999.7"), Optional.empty(), "network", "", "", Map.of());

  @TempDir Path folder;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private LiveProfiles open() {
    return LiveProfiles.open(List.of(folder), meters, "polling");
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private static String matched(LiveProfiles profiles) {
    return profiles.get().match(DEVICE) instanceof Matching.Match(var profile, _)
        ? profile.name() + ": " + profile.description()
        : "none";
  }

  private double meter(String name) {
    return meters.get("argos.profiles." + name).tag("stage", "polling").counter().count();
  }

  private double wrong() {
    return meters.get("argos.profiles.wrong").gauge().value();
  }

  @Test
  void takesAProfileThatIsAddedChangedAndRemoved() throws IOException {
    LiveProfiles profiles = open();
    assertThat(matched(profiles)).startsWith("fallback");

    write("frob.yaml", FROB.formatted("one"));
    profiles.look();
    assertThat(matched(profiles)).isEqualTo("frob: one");

    write("frob.yaml", FROB.formatted("two"));
    profiles.look();
    assertThat(matched(profiles)).isEqualTo("frob: two");

    Files.delete(folder.resolve("frob.yaml"));
    profiles.look();
    profiles.look();
    assertThat(matched(profiles)).startsWith("fallback");
    assertThat(meter("taken")).isEqualTo(3);
    assertThat(meter("refused")).isZero();
  }

  @Test
  void keepsAProfileWhoseFileIsAwayForAMoment() throws IOException {
    write("frob.yaml", FROB.formatted("one"));
    write("other.yaml", "profile: other\nextends: if-mib\nmatch: { type: other }\n");
    LiveProfiles profiles = open();

    for (String next : List.of("two", "three")) {
      String before = matched(profiles);
      Files.delete(folder.resolve("frob.yaml"));
      profiles.look();
      assertThat(matched(profiles)).isEqualTo(before);

      write("frob.yaml", FROB.formatted(next));
      profiles.look();
      assertThat(matched(profiles)).isEqualTo("frob: " + next);
    }
  }

  @Test
  void takesAProfileThatIsRenamedForNoSecondOne() throws IOException {
    write("frob.yaml", FROB.formatted("one"));
    LiveProfiles profiles = open();

    Files.delete(folder.resolve("frob.yaml"));
    write("another.yaml", FROB.formatted("one").replace("profile: frob", "profile: another"));
    profiles.look();

    assertThat(matched(profiles)).isEqualTo("another: one");
    assertThat(meter("refused")).isZero();
  }

  @Test
  void putsTheLastGoodTextOfAnUnreadableFileNotAboveLaterFolders() throws IOException {
    Path above = folder.resolve("above");
    Path below = folder.resolve("below");
    for (Path each : List.of(below, above)) {
      Files.createDirectory(each);
      Files.writeString(each.resolve("frob.yaml"), FROB.formatted(each.getFileName()));
    }
    LiveProfiles profiles = LiveProfiles.open(List.of(below, above), meters, "polling");
    assertThat(matched(profiles)).isEqualTo("frob: above");

    Files.write(below.resolve("frob.yaml"), new byte[] {(byte) 0xff});
    profiles.look();

    assertThat(matched(profiles)).isEqualTo("frob: above");
    assertThat(wrong()).isEqualTo(1);
  }

  @Test
  void keepsTheSameCatalogWhileNothingChanges() throws IOException {
    write("frob.yaml", FROB.formatted("one"));
    LiveProfiles profiles = open();
    ProfileCatalog before = profiles.get();

    profiles.look();

    assertThat(profiles.get()).isSameAs(before);
  }

  @Test
  void refusesABadOneOnceAndKeepsItsLastGoodTextWhileOthersTakeEffect() throws IOException {
    write("frob.yaml", FROB.formatted("one"));
    LiveProfiles profiles = open();

    write("frob.yaml", FROB.formatted("two") + "nonsense: 1\n");
    write("other.yaml", "profile: other\nextends: if-mib\nmatch: { type: other }\n");
    profiles.look();
    profiles.look();

    assertThat(matched(profiles)).isEqualTo("frob: one");
    assertThat(profiles.get().find("other")).isPresent();
    assertThat(meter("refused")).isEqualTo(1);
    assertThat(wrong()).isEqualTo(1);

    write("frob.yaml", FROB.formatted("three"));
    profiles.look();
    assertThat(matched(profiles)).isEqualTo("frob: three");
    assertThat(wrong()).isZero();
  }

  @Test
  void leavesOutABadOneThatWasNeverGoodAndThoseThatExtendIt() throws IOException {
    LiveProfiles profiles = open();

    write("frob.yaml", FROB.formatted("one").replace("if-mib", "base"));
    write("base.yaml", "profile: base\nabstract: true\ngroups: 7\n");
    profiles.look();

    assertThat(matched(profiles)).startsWith("fallback");
    assertThat(profiles.get().find("base")).isEmpty();
    assertThat(wrong()).isEqualTo(2);

    write("base.yaml", "profile: base\nabstract: true\nextends: if-mib\n");
    profiles.look();
    assertThat(matched(profiles)).isEqualTo("frob: one");
    assertThat(wrong()).isZero();
  }

  @Test
  void takesBackAChangeThatBreaksWhatExtendsIt() throws IOException {
    String base =
        "profile: base\nabstract: true\nextends: if-mib\nscalars: { frobs: 1.3.6.1.4.1.99999.1.0 }\n";
    write("base.yaml", base);
    write(
        "frob.yaml",
        FROB.formatted("one").replace("if-mib", "base") + "identity: { serial: frobs }\n");
    LiveProfiles profiles = open();

    write("base.yaml", base.replace("frobs", "frogs"));
    profiles.look();

    assertThat(matched(profiles)).isEqualTo("frob: one");
    assertThat(wrong()).isEqualTo(1);
  }

  @Test
  void refusesTheNewOneOfTwoBetweenWhichADeviceCannotChoose() throws IOException {
    write("frob.yaml", FROB.formatted("one"));
    LiveProfiles profiles = open();

    write("another.yaml", FROB.formatted("two").replace("profile: frob", "profile: another"));
    write("third.yaml", "profile: third\nextends: if-mib\nmatch: { type: third }\n");
    profiles.look();

    assertThat(matched(profiles)).isEqualTo("frob: one");
    assertThat(profiles.get().find("another")).isEmpty();
    assertThat(profiles.get().find("third")).isPresent();
    assertThat(wrong()).isEqualTo(1);
    assertThat(meter("refused")).isEqualTo(1);
  }

  @Test
  void keepsAllWhileTheFolderIsAway() throws IOException {
    write("frob.yaml", FROB.formatted("one"));
    LiveProfiles profiles = open();

    Files.delete(folder.resolve("frob.yaml"));
    Files.delete(folder);
    profiles.look();
    profiles.look();

    assertThat(matched(profiles)).isEqualTo("frob: one");
    assertThat(meter("refused")).isEqualTo(1);
    Files.createDirectory(folder);
  }

  @Test
  void refusesToStartWithABadOne() throws IOException {
    write("frob.yaml", "profile: frob\nmatch: {}\nnonsense: 1\n");

    assertThatThrownBy(this::open)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("frob.yaml:3:1");
  }

  @Test
  void takesTheOthersWhereOneCannotBeRead() throws IOException {
    write("frob.yaml", FROB.formatted("one"));
    LiveProfiles profiles = open();

    Files.write(folder.resolve("frob.yaml"), new byte[] {'#', (byte) 0xe9, '\n'});
    Files.createDirectory(folder.resolve("folder.yaml"));
    Files.createSymbolicLink(folder.resolve(".#lock.yaml"), folder.resolve("nowhere"));
    write("other.yaml", "profile: other\nextends: if-mib\nmatch: { type: other }\n");
    profiles.look();
    profiles.look();

    assertThat(matched(profiles)).isEqualTo("frob: one");
    assertThat(profiles.get().find("other")).isPresent();
    assertThat(meter("refused")).isEqualTo(2);
    assertThat(wrong()).isEqualTo(2);

    write("frob.yaml", FROB.formatted("two"));
    Files.delete(folder.resolve("folder.yaml"));
    profiles.look();
    assertThat(matched(profiles)).isEqualTo("frob: two");
    assertThat(wrong()).isZero();
  }

  @Test
  void namesTheFilesThatItCannotReadAtTheStart() throws IOException {
    Files.write(folder.resolve("frob.yaml"), new byte[] {'#', (byte) 0xe9, '\n'});
    Files.createDirectory(folder.resolve("folder.yaml"));

    assertThatThrownBy(this::open)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("frob.yaml:1:1: it is not UTF-8")
        .hasMessageContaining("folder.yaml:1:1: it is no file");
  }
}
