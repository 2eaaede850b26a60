package io.argos.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.profile.format.Profile;
import io.argos.profile.format.ProfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCatalogTest {
  @Test
  void readsTheShippedProfiles() {
    ProfileCatalog catalog = ProfileCatalog.shipped();

    assertThat(catalog.profiles())
        .extracting(Profile::name)
        .contains("if-mib", "fallback", "cisco", "arista", "juniper");
  }

  @Test
  void matchesByTheSystemGroupOrByTheResource() {
    ProfileCatalog catalog = ProfileCatalog.shipped();

    assertThat(nameOf(catalog.match(device("1.3.6.1.4.1.9.1.516", "unknown", Map.of()))))
        .isEqualTo("cisco");
    assertThat(nameOf(catalog.match(device("", "juniper", Map.of())))).isEqualTo("juniper");
    assertThat(nameOf(catalog.match(device("1.3.6.1.4.1.99999.1", "unknown", Map.of()))))
        .isEqualTo("fallback");
    // arc by arc: 1.3.6.1.4.1.9 is no prefix of 1.3.6.1.4.1.99
    assertThat(nameOf(catalog.match(device("1.3.6.1.4.1.99", "unknown", Map.of()))))
        .isEqualTo("fallback");
  }

  @Test
  void prefersTheMostSpecificAndNamesBothOfATie() throws ProfileException {
    String body = "tables: { t: { columns: { a: 1.3.6.1.2.1.1.9.1.3 } } }\n";
    ProfileCatalog catalog =
        ProfileCatalog.of(
            Map.of(
                "make.yaml", "profile: make\nmatch: { sysObjectID: 1.3.6.1.4.1.9 }\n" + body,
                "model.yaml",
                    "profile: model\nmatch: { sysObjectID: 1.3.6.1.4.1.9.1, sysDescr: 'X' }\n"
                        + body,
                "twin.yaml",
                    "profile: twin\nmatch: { sysObjectID: 1.3.6.1.4.1.9.1, sysDescr: 'Y' }\n"
                        + body,
                "named.yaml", "profile: named\nmatch: { labels: { model: '^X1$' } }\n" + body));

    assertThat(catalog.match(device("1.3.6.1.4.1.9.1.5", "a", Map.of("model", "X1"))))
        .isInstanceOfSatisfying(
            Matching.Match.class,
            match -> {
              assertThat(match.profile().name()).isEqualTo("named");
              assertThat(match.reason()).isEqualTo("label model is X1");
            });
    assertThat(nameOf(catalog.match(device("1.3.6.1.4.1.9.2", "a", Map.of())))).isEqualTo("make");
    DeviceFacts both =
        new DeviceFacts(
            Optional.of("1.3.6.1.4.1.9.1.5"), Optional.of("X Y"), "network", "", "a", Map.of());
    assertThat(catalog.match(both))
        .isInstanceOfSatisfying(
            Matching.Ambiguous.class,
            tie -> assertThat(tie.profiles()).containsExactly("model", "twin"));
    assertThat(catalog.match(device("1.3.6.1.4.1.8", "a", Map.of())))
        .isInstanceOf(Matching.None.class);
  }

  @Test
  void aFolderTakesPrecedenceOverWhatShips(@TempDir Path folder)
      throws IOException, ProfileException {
    Files.writeString(
        folder.resolve("fallback.yaml"),
        "profile: fallback\ndescription: ours\nextends: if-mib\nmatch: {}\n");

    ProfileCatalog catalog = ProfileCatalog.load(List.of(folder));

    assertThat(catalog.find("fallback").map(Profile::description)).hasValue("ours");
  }

  @Test
  void readsTheExampleOfTheDocumentation(@TempDir Path folder)
      throws IOException, ProfileException {
    String page = Files.readString(Path.of("..", "..", "docs", "profiles.md"));
    String example = page.split("```yaml\n", 2)[1].split("```", 2)[0];
    Files.writeString(folder.resolve("example.yaml"), example);

    ProfileCatalog catalog = ProfileCatalog.load(List.of(folder));

    assertThat(catalog.find("example").orElseThrow().groups())
        .extracting(group -> group.section())
        .containsExactly("interface", "fans");
  }

  private static DeviceFacts device(String sysObjectId, String type, Map<String, String> labels) {
    return new DeviceFacts(
        Optional.of(sysObjectId).filter(oid -> !oid.isEmpty()),
        Optional.empty(),
        "network",
        "switch",
        type,
        labels);
  }

  private static String nameOf(Matching matching) {
    return matching instanceof Matching.Match match ? match.profile().name() : matching.toString();
  }
}
