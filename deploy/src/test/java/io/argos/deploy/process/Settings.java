package io.argos.deploy.process;

import io.argos.config.ArgosConfig;
import io.argos.config.ConfigLoader;
import io.argos.config.ConfigSources;
import io.argos.runtime.secret.KeyFile;
import io.argos.runtime.secret.SecretStore;
import io.argos.servers.Servers;
import io.argos.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The configuration files of tests. */
public final class Settings {
  /** Time between the polls of a device. */
  public static final Duration INTERVAL = Timers.COMPRESSED.interval();

  /** Name of the plugin that polls. */
  public static final String POLLING = "snmp-metrics";

  /** Sessions that go with the interval. */
  public static final String SHORT_SESSIONS =
      """
      kafka:
        session-timeout: 2s
      zookeeper:
        session-timeout: 2s
        connection-timeout: 1s
      """;

  private static final String CREDENTIAL = "lab-community";

  private Settings() {}

  /** Where the servers are. */
  public record Addresses(String kafka, String zookeeper, int redis, String registry) {
    public static Addresses of(Servers servers) {
      return new Addresses(
          servers.bootstrap(),
          servers.connect(),
          servers.redis().port(),
          servers.registryUrl().toString());
    }

    /** Free ports, on which nobody listens until the test makes somebody. */
    public static Addresses free() {
      List<Integer> ports = FreePorts.several(4);
      return new Addresses(
          "127.0.0.1:" + ports.get(0),
          "127.0.0.1:" + ports.get(1),
          ports.get(2),
          "http://127.0.0.1:" + ports.get(3));
    }

    public int kafkaPort() {
      return portOf(kafka);
    }

    public int zookeeperPort() {
      return portOf(zookeeper);
    }

    public int registryPort() {
      return portOf(registry);
    }

    private static int portOf(String address) {
      return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    public String yaml() {
      return yaml(Timers.COMPRESSED);
    }

    public String yaml(Timers timers) {
      return """
      kafka:
        bootstrap-servers: %1$s
        session-timeout: %7$ds
      zookeeper:
        connect: %2$s
        session-timeout: %5$ds
        connection-timeout: %6$ds
      redis:
        port: %3$d
        key-file: secrets.key
        # Asked for all the while, so that an outage of Redis is felt.
        refresh-after: 5s
      registry:
        url: %4$s
      """
          .formatted(
              kafka,
              zookeeper,
              redis,
              registry,
              timers.session().toSeconds(),
              timers.session().toSeconds() / 2,
              timers.groupSession().toSeconds());
    }
  }

  /** What every process has in common, and the plugins of every stage, with compressed timers. */
  public static String common(Path resources) {
    return common(resources, Timers.COMPRESSED);
  }

  /** What every process has in common, and the plugins of every stage. */
  public static String common(Path resources, Timers timers) {
    return """
    instance:
      data: data
    http:
      port: 0
    topics:
      partitions: 4
    schedule:
      lookahead: %6$ds
      first-spread: %7$ds
      agent-silence: %8$ds
    snmp:
      sessions: 1

    discovery:
      - name: lab-files
        kind: json-file
        interval: %4$ds
        settings:
          files: [%1$s]
          credential: %2$s

    enrichment:
      - name: snmp-device
        kind: snmp
        interval: 1h
        timeout: 20s
        settings:
          credentials: [%2$s]

    polling:
      - name: %3$s
        kind: snmp
        interval: %4$ds
        timeout: %5$ds
        settings:
          credentials: [%2$s]
    """
        .formatted(
            resources.toAbsolutePath(),
            CREDENTIAL,
            POLLING,
            timers.interval().toSeconds(),
            timers.timeout().toSeconds(),
            timers.lookahead().toSeconds(),
            timers.firstSpread().toSeconds(),
            timers.agentSilence().toSeconds());
  }

  /** Writes a file of settings. */
  public static Path write(Path file, String... texts) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.writeString(file, String.join("\n", texts));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /**
   * Writes a file that a running service may be reading: it sees the former text or the whole new
   * one, and no part of it.
   */
  public static void rewrite(Path file, String text) {
    try {
      Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), ".", ".part");
      Files.writeString(whole, text);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  public static ArgosConfig load(Path file) {
    return ConfigLoader.load(ConfigSources.of(file)).config();
  }

  /** Makes the key that seals the secrets. */
  public static void createKey(ArgosConfig config) {
    KeyFile.create(config.redis().keyFile());
  }

  /** Puts the credential into Redis that the devices answer. */
  public static void putCredential(ArgosConfig config) {
    try (SecretStore secrets = new SecretStore(config.redis(), config.prefix())) {
      secrets.put(CREDENTIAL, "default", Map.of("community", "public"));
    }
  }
}
