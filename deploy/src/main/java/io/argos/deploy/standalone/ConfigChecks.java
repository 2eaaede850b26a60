package io.argos.deploy.standalone;

import io.argos.config.ArgosConfig;
import io.argos.config.ConfigException;
import io.argos.config.ConfigProblem;
import io.argos.discovery.DiscoveryWiring;
import io.argos.enrichment.EnrichmentWiring;
import io.argos.polling.PollingWiring;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the services themselves have to say about a configuration. */
public final class ConfigChecks {
  private ConfigChecks() {}

  /**
   * Asks every service, without opening anything.
   *
   * @throws ConfigException with the problems of all of them
   */
  public static void all(ArgosConfig config) {
    List<ConfigProblem> problems = new ArrayList<>();
    List<Consumer<ArgosConfig>> checks =
        List.of(DiscoveryWiring::check, EnrichmentWiring::check, PollingWiring::check);
    for (Consumer<ArgosConfig> check : checks) {
      try {
        check.accept(config);
      } catch (ConfigException e) {
        e.problems().stream().filter(problem -> !problems.contains(problem)).forEach(problems::add);
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
