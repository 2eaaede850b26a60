package io.argos.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.argos.config.ConfigException;
import io.argos.config.ConfigProblem;
import io.argos.config.PluginEntry;
import io.argos.spi.ConfigKey;
import io.argos.spi.PluginConfig;
import io.argos.spi.PluginConfigException;
import io.argos.spi.PluginContext;
import io.argos.spi.PluginFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PluginCatalogTest {
  private static final ConfigKey FILE =
      ConfigKey.required("file", ConfigKey.Type.STRING, "File to read.");
  private static final ConfigKey COUNT =
      ConfigKey.optional("count", ConfigKey.Type.INTEGER, "3", "How many.");
  private static final ConfigKey WAIT =
      ConfigKey.optional("wait", ConfigKey.Type.DURATION, "PT5S", "How long.");
  private static final ConfigKey NAMES =
      ConfigKey.optional("names", ConfigKey.Type.STRING_LIST, "", "Which.");

  private record Reader(String file, long count, Duration pause, List<String> names)
      implements AutoCloseable {
    @Override
    public void close() {}
  }

  private static final class ReaderFactory implements PluginFactory {
    @Override
    public String kind() {
      return "reader";
    }

    @Override
    public Set<ConfigKey> configKeys() {
      return Set.of(FILE, COUNT, WAIT, NAMES);
    }

    Reader create(PluginConfig config, PluginContext context) {
      if (config.string(FILE).equals("none")) {
        throw new PluginConfigException(List.of("file: 'none' is not a file", "second"));
      }
      return new Reader(
          config.string(FILE), config.integer(COUNT), config.duration(WAIT), config.strings(NAMES));
    }
  }

  private static PluginEntry entry(
      String name, String kind, String filter, Map<String, Object> settings) {
    return new PluginEntry(
        name,
        kind,
        Optional.of(Duration.ofSeconds(60)),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(filter),
        "local",
        settings,
        "argos.yaml:7");
  }

  private static PluginCatalog<Reader> catalog(PluginEntry... entries) {
    return PluginCatalog.of(
        List.of(entries),
        List.of(new ReaderFactory()),
        ReaderFactory::create,
        name ->
            new StagePluginContext(
                "polling",
                name,
                InstantSource.system(),
                (secret, site) -> Optional.empty(),
                new SimpleMeterRegistry()));
  }

  @Test
  void makesInstancesWithTheirSettingsAndDefaults() {
    PluginCatalog<Reader> catalog =
        catalog(
            entry("a", "reader", null, Map.of("file", "x", "names", List.of("n", 1))),
            entry(
                "b", "reader", "site = \"dc1\"", Map.of("file", "y", "count", 7, "wait", "PT1M")));

    assertThat(catalog.find("a").orElseThrow().plugin())
        .isEqualTo(new Reader("x", 3, Duration.ofSeconds(5), List.of("n", "1")));
    assertThat(catalog.find("b").orElseThrow().plugin())
        .isEqualTo(new Reader("y", 7, Duration.ofMinutes(1), List.of()));
    assertThat(catalog.all()).extracting(PluginInstance::configHash).doesNotHaveDuplicates();
  }

  @Test
  void namesTheLineOfTheKeyWhereThatIsKnown() {
    PluginEntry plain = entry("a", "reader", null, Map.of("file", "x", "count", "many"));
    PluginEntry placed =
        new PluginEntry(
            plain.name(),
            plain.kind(),
            plain.interval(),
            plain.cron(),
            plain.timeout(),
            plain.filter(),
            plain.site(),
            plain.ttl(),
            plain.settings(),
            plain.place(),
            Map.of("settings", "argos.yaml:9", "settings.count", "argos.yaml:11"));

    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> catalog(placed));

    assertThat(refused)
        .hasMessage("argos.yaml:11: a.settings: count: 'many' is not a whole number");
  }

  @Test
  void reportsEveryProblemOfEveryEntryAtOnce() {
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                catalog(
                    entry("a", "writer", null, Map.of()),
                    entry("b", "reader", "colour = 1", Map.of("count", "many", "colour", "red")),
                    entry("c", "reader", null, Map.of("file", "none")),
                    entry("d", "reader", null, Map.of("file", "x", "wait", "soon", "names", "n"))));

    assertThat(refused.problems())
        .extracting(ConfigProblem::toString)
        .allSatisfy(text -> assertThat(text).startsWith("argos.yaml:7: "))
        .extracting(text -> text.substring("argos.yaml:7: ".length()))
        .satisfiesExactlyInAnyOrder(
            text ->
                assertThat(text)
                    .isEqualTo(
                        "a.kind: 'writer' is no kind of plugin of this stage; there are reader"),
            text -> assertThat(text).startsWith("b.filter: column 1: 'colour' stands where"),
            text ->
                assertThat(text)
                    .isEqualTo(
                        "b.settings: colour is not a key of this kind; there are count, file, names, wait"),
            text -> assertThat(text).isEqualTo("b.settings: file is required: File to read."),
            text -> assertThat(text).isEqualTo("b.settings: count: 'many' is not a whole number"),
            text -> assertThat(text).isEqualTo("c.settings: file: 'none' is not a file"),
            text -> assertThat(text).isEqualTo("c.settings: second"),
            text ->
                assertThat(text)
                    .isEqualTo(
                        "d.settings: wait: 'soon' is not a duration such as 30s, 5m or PT30S"),
            text -> assertThat(text).isEqualTo("d.settings: names: 'n' is not a list"));
  }

  @Test
  void twoFactoriesOfOneKindAreABug() {
    assertThatThrownBy(() ->
            PluginCatalog.of(
                List.of(),
                List.of(new ReaderFactory(), new ReaderFactory()),
                ReaderFactory::create,
                name -> {
                  throw new AssertionError(name);
                }))
        .hasMessageContaining("kind reader is made by two factories");
  }
}
