package io.argos.discovery.plugin.jsonfile;

import io.argos.spi.ConfigKey;
import io.argos.spi.Discoverer;
import io.argos.spi.DiscovererFactory;
import io.argos.spi.PluginConfig;
import io.argos.spi.PluginConfigException;
import io.argos.spi.PluginContext;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Makes discoverers that read resource files. */
public final class JsonFileDiscovererFactory implements DiscovererFactory {
  static final ConfigKey FILE =
      ConfigKey.optional(
          "file",
          ConfigKey.Type.STRING,
          "",
          "Resource file, or a pattern such as resources.d/*.json; either this or files.");
  static final ConfigKey FILES =
      ConfigKey.optional(
          "files",
          ConfigKey.Type.STRING_LIST,
          "",
          "Resource files and patterns, read in this order.");
  static final ConfigKey CREDENTIAL =
      ConfigKey.optional(
          "credential",
          ConfigKey.Type.STRING,
          "",
          "Name of the credential of resources that name none; the site's default when empty.");
  static final ConfigKey RANK =
      ConfigKey.optional(
          "rank",
          ConfigKey.Type.INTEGER,
          "10",
          "Precedence over other sources where they differ; the lower wins.");
  static final ConfigKey TTL =
      ConfigKey.optional(
          "ttl",
          ConfigKey.Type.DURATION,
          "PT168H",
          "Time after which a resource that is no longer found ends, for those that name none.");

  @Override
  public String kind() {
    return "json-file";
  }

  @Override
  public Set<ConfigKey> configKeys() {
    return Set.of(FILE, FILES, CREDENTIAL, RANK, TTL);
  }

  @Override
  public Discoverer create(PluginConfig config, PluginContext context) {
    List<String> problems = new ArrayList<>();
    boolean one = !config.string(FILE).isEmpty();
    if (one != config.strings(FILES).isEmpty()) {
      problems.add("file: give either file or files");
    }
    List<FilePattern> patterns = new ArrayList<>();
    List<String> given = one ? List.of(config.string(FILE)) : config.strings(FILES);
    for (String text : given) {
      try {
        patterns.add(FilePattern.of(text));
      } catch (InvalidPathException | PatternSyntaxException e) {
        problems.add(
            "%s: '%s' is not a path or pattern: %s"
                .formatted(one ? "file" : "files", text, e.getMessage()));
      }
    }
    long rank = config.integer(RANK);
    if (rank < 0 || rank > 1000) {
      problems.add("rank: " + rank + " is not from 0 to 1000");
    }
    if (config.duration(TTL).toSeconds() < 1) {
      problems.add("ttl: " + config.duration(TTL) + " is below a second");
    }
    if (!problems.isEmpty()) {
      throw new PluginConfigException(problems);
    }
    ClaimDefaults defaults =
        new ClaimDefaults(
            Stream.of(config.string(CREDENTIAL)).filter(name -> !name.isEmpty()).findFirst(),
            (int) rank,
            config.duration(TTL).toSeconds());
    return new JsonFileDiscoverer(patterns, defaults, context);
  }
}
