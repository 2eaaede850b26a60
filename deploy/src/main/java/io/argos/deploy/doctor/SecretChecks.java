package io.argos.deploy.doctor;

import io.argos.config.ArgosConfig;
import io.argos.config.PluginEntry;
import io.argos.runtime.secret.RedisSecrets;
import io.argos.spi.SecretsUnavailableException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Whether every credential that the configuration names is there and can be opened. */
final class SecretChecks {
  private static final String GROUP = "secrets";
  private static final String DEFAULT_SITE = "default";

  private final Links links;

  SecretChecks(Links links) {
    this.links = links;
  }

  List<Check> all() {
    return List.of(new Check(GROUP, "credentials", Set.of("redis"), this::look));
  }

  private List<Result> look() {
    try (RedisSecrets secrets =
        new RedisSecrets(links.config().redis(), links.config().prefix(), InstantSource.system())) {
      return judge(
          named(links.config()),
          sites(links.config()),
          (name, site) -> secrets.find(name, site).isPresent());
    }
  }

  /** Names of the credentials in the settings of all plugins. */
  static Set<String> named(ArgosConfig config) {
    Set<String> names = new TreeSet<>();
    entries(config)
        .forEach(entry -> {
          if (entry.settings().get("credentials") instanceof List<?> several) {
            several.forEach(name -> names.add(String.valueOf(name)));
          }
          if (entry.settings().get("credential") instanceof String one && !one.isEmpty()) {
            names.add(one);
          }
        });
    return names;
  }

  /** Sites that the configuration names. */
  static Set<String> sites(ArgosConfig config) {
    Set<String> sites = new TreeSet<>();
    config.zones().values().forEach(sites::addAll);
    entries(config).map(PluginEntry::site).forEach(sites::add);
    return sites;
  }

  private static Stream<PluginEntry> entries(ArgosConfig config) {
    return Stream.of(config.discovery(), config.enrichment(), config.polling())
        .flatMap(List::stream);
  }

  /**
   * Each name.
   *
   * @param exists whether a secret of a name is there for a site, its own or the default; throws
   *     when it cannot be opened
   */
  static List<Result> judge(
      Set<String> names, Set<String> sites, BiPredicate<String, String> exists) {
    if (names.isEmpty()) {
      return List.of(Result.ok(GROUP, "credentials", "the configuration names none"));
    }
    List<Result> results = new ArrayList<>();
    for (String name : names) {
      results.add(judge(name, sites, exists));
    }
    return results;
  }

  private static Result judge(String name, Set<String> sites, BiPredicate<String, String> exists) {
    try {
      if (exists.test(name, DEFAULT_SITE)) {
        return Result.ok(GROUP, name, "is there for all sites, and opens");
      }
      List<String> with = sites.stream().filter(site -> exists.test(name, site)).toList();
      return with.isEmpty()
          ? Result.fail(
              GROUP, name, "is not in Redis: argos secrets put %s community".formatted(name))
          : Result.ok(GROUP, name, "is there for %s, and opens".formatted(Some.of(with)));
    } catch (SecretsUnavailableException e) {
      return Result.fail(GROUP, name, String.valueOf(e.getMessage()));
    }
  }
}
