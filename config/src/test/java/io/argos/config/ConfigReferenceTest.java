package io.argos.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the generated files to the records. With {@code -Dargos.regenerate=true} it writes them
 * instead.
 */
class ConfigReferenceTest {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Path DEFAULT_FILE = MODULE.resolve("argos.yaml");
  private static final Path PAGE = MODULE.resolve("../docs/configuration.md").normalize();

  @Test
  void theShippedFileIsThatOfTheRecords() throws IOException {
    assertCurrent(DEFAULT_FILE, ConfigReference.defaultFile());
  }

  @Test
  void thePageIsThatOfTheRecords() throws IOException {
    assertCurrent(PAGE, ConfigReference.page());
  }

  @Test
  void theShippedFileLoadsAndEqualsTheDefaults() {
    var fromFile = ConfigLoader.load(ConfigSources.of(DEFAULT_FILE)).config();

    var defaults =
        ConfigLoader.load(
                new ConfigSources(
                    java.util.Optional.empty(), java.util.Map.of(), java.util.List.of(), MODULE))
            .config();
    assertThat(fromFile).isEqualTo(defaults);
  }

  @Test
  void everyKeyIsOnThePageAndInTheFile() {
    var origins = ConfigLoader.load(ConfigSources.defaults()).origins();

    assertThat(origins.entries()).hasSizeGreaterThan(60);
    assertThat(origins.entries())
        .allSatisfy(entry -> {
          assertThat(ConfigReference.page()).contains("| `" + entry.key() + "` |");
          var leaf = entry.key().substring(entry.key().lastIndexOf('.') + 1);
          assertThat(ConfigReference.defaultFile()).contains(leaf + ": ");
        });
  }

  private static void assertCurrent(Path file, String generated) throws IOException {
    if (Boolean.getBoolean("argos.regenerate")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, generated);
    }
    assertThat(file)
        .as(
            "%s is out of date: mvn -pl config test -Dtest=ConfigReferenceTest -Dargos.regenerate=true",
            file)
        .hasContent(generated);
  }
}
