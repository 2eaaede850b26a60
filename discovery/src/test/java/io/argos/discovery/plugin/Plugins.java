package io.argos.discovery.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.config.PluginEntry;
import io.argos.runtime.plugin.PluginCatalog;
import io.argos.spi.Discoverer;
import io.argos.spi.DiscovererFactory;
import io.argos.spi.PluginContext;
import io.argos.spi.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes discoverers as the service does, from settings and from the samples of READMEs. */
public final class Plugins {
  private static final Pattern SAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private Plugins() {}

  /** The one instance that the settings ask for. */
  public static Discoverer of(
      DiscovererFactory factory, PluginContext context, Map<String, Object> settings) {
    return of(
        factory,
        context,
        new PluginEntry(
            "source",
            factory.kind(),
            Optional.of(Duration.ofMinutes(5)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "local",
            settings,
            "argos.yaml:1"));
  }

  private static Discoverer of(
      DiscovererFactory factory, PluginContext context, PluginEntry entry) {
    return PluginCatalog.<DiscovererFactory, Discoverer>of(
            List.of(entry), List.of(factory), DiscovererFactory::create, _ -> context)
        .find(entry.name())
        .orElseThrow()
        .plugin();
  }

  /** The instance of the sample configuration in the README of a package. */
  public static Discoverer sample(
      String packageName, Path folder, DiscovererFactory factory, PluginContext context)
      throws IOException {
    Path readme = Path.of("src/main/java/io/argos/discovery/plugin", packageName, "README.md");
    Matcher sample = SAMPLE.matcher(Files.readString(readme));
    assertThat(sample.find()).as("a sample in " + readme).isTrue();
    Path file = folder.resolve("argos.yaml");
    Files.writeString(file, sample.group(1));
    PluginEntry entry = ConfigLoader.load(ConfigSources.of(file)).config().discovery().getFirst();
    return of(factory, context, entry);
  }

  /** A run with a deadline. */
  public static Run run(Duration until) {
    Instant now = Instant.now();
    return new Run("00", now, now, now.plus(until), Duration.ofMinutes(5));
  }
}
