package io.argos.deploy.standalone;

import io.argos.config.ArgosConfig;
import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.config.Loaded;
import io.argos.deploy.topic.Cluster;
import io.argos.deploy.topic.TopicEnsure;
import io.argos.discovery.DiscoveryWiring;
import io.argos.enrichment.EnrichmentWiring;
import io.argos.manager.ManagerWiring;
import io.argos.polling.PollingWiring;
import io.argos.runtime.secret.KeyFile;
import io.argos.runtime.stage.ServiceShell;
import io.argos.servers.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * All of Argos in one process: embedded servers, topics, and every service over loopback. The
 * services are those that run alone elsewhere; they meet in topics here too. Started step by step,
 * closed at once.
 */
public final class Standalone implements AutoCloseable {
  private static final Duration SERVERS_CLOSE = Duration.ofSeconds(20);

  private final ServiceShell shell;
  private final Servers servers;
  private final ArgosConfig config;

  private Standalone(ServiceShell shell, Servers servers, ArgosConfig config) {
    this.shell = shell;
    this.servers = servers;
    this.config = config;
  }

  /**
   * Checks the configuration of every service, opens the shell and starts the servers, with their
   * data under the configured folder.
   *
   * @throws io.argos.config.ConfigException with every problem, before any socket is opened
   */
  public static Standalone open(ConfigSources sources) throws InterruptedException {
    Loaded loaded = ConfigLoader.load(sources, ConfigChecks::all);
    ServiceShell shell = ServiceShell.open(loaded.config(), "standalone");
    shell.lifecycle().closeOnSignal();
    Path data = loaded.config().instance().data();
    Servers servers = Servers.start(loaded.config().servers(), data.resolve("servers"));
    shell.lifecycle().add("servers", SERVERS_CLOSE, servers);
    ArgosConfig config =
        ConfigLoader.load(EmbeddedAddresses.over(sources, loaded, servers)).config();
    Path keys = config.redis().keyFile();
    if (!Files.exists(keys)) {
      KeyFile.create(keys);
    }
    return new Standalone(shell, servers, config);
  }

  /** Makes the topics and registers the schemas. */
  public List<TopicEnsure.Step> ensureTopics() throws InterruptedException, ExecutionException {
    try (Cluster cluster = Cluster.open(config)) {
      try (var admin = cluster.admin()) {
        return new TopicEnsure(admin, cluster.registry(), config.topics().replication())
            .run(cluster.specs());
      }
    }
  }

  /** Starts every service; returns when all of them run. */
  public void startServices() throws InterruptedException {
    ManagerWiring.start(config, shell);
    DiscoveryWiring.start(config, shell);
    EnrichmentWiring.start(config, shell);
    PollingWiring.start(config, shell);
    shell.started();
  }

  /** The configuration with the servers' addresses. */
  public ArgosConfig config() {
    return config;
  }

  /** The servers. */
  public Servers servers() {
    return servers;
  }

  /** Lifecycle, health and metrics of the process. */
  public ServiceShell shell() {
    return shell;
  }

  @Override
  public void close() {
    shell.lifecycle().close();
  }
}
