package io.argos.discovery.plugin.subnet;

import io.argos.snmp.SnmpClient;
import io.argos.spi.ConfigKey;
import io.argos.spi.Discoverer;
import io.argos.spi.DiscovererFactory;
import io.argos.spi.PluginConfig;
import io.argos.spi.PluginConfigException;
import io.argos.spi.PluginContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes discoverers that sweep ranges of addresses; all share one client. */
public final class SubnetDiscovererFactory implements DiscovererFactory {
  static final ConfigKey RANGES =
      ConfigKey.required(
          "ranges",
          ConfigKey.Type.STRING_LIST,
          "Networks (192.0.2.0/24), spans (192.0.2.7-192.0.2.12) and single addresses, IPv4 or IPv6.");
  static final ConfigKey EXCLUDED =
      ConfigKey.optional(
          "excluded", ConfigKey.Type.STRING_LIST, "", "Ranges that are never asked.");
  static final ConfigKey PORT =
      ConfigKey.optional("port", ConfigKey.Type.INTEGER, "161", "UDP port of the devices.");
  static final ConfigKey CREDENTIALS =
      ConfigKey.required(
          "credentials",
          ConfigKey.Type.STRING_LIST,
          "Names of the secrets to try, in this order; the one that worked last comes first.");
  static final ConfigKey SITE =
      ConfigKey.optional(
          "site", ConfigKey.Type.STRING, "local", "Site of the devices and of the secrets.");
  static final ConfigKey TIMEOUT =
      ConfigKey.optional(
          "timeout", ConfigKey.Type.DURATION, "PT1S", "Longest wait for one answer.");
  static final ConfigKey RETRIES =
      ConfigKey.optional(
          "retries",
          ConfigKey.Type.INTEGER,
          "1",
          "Rounds of all credentials after the first one that nobody answered.");
  static final ConfigKey CONCURRENCY =
      ConfigKey.optional(
          "concurrency", ConfigKey.Type.INTEGER, "64", "Addresses asked at the same time.");
  static final ConfigKey PACKETS_PER_SECOND =
      ConfigKey.optional(
          "packets-per-second", ConfigKey.Type.INTEGER, "100", "Most requests sent each second.");
  static final ConfigKey CLASS =
      ConfigKey.optional(
          "class", ConfigKey.Type.STRING, "network", "Class of the devices that are found.");
  static final ConfigKey SUBCLASS =
      ConfigKey.optional("subclass", ConfigKey.Type.STRING, "unknown", "Subclass of the devices.");
  static final ConfigKey LABELS =
      ConfigKey.optional(
          "labels", ConfigKey.Type.STRING_MAP, "", "Labels of the devices that are found.");
  static final ConfigKey RANK =
      ConfigKey.optional(
          "rank",
          ConfigKey.Type.INTEGER,
          "50",
          "Precedence over other sources where they differ; the lower wins.");
  static final ConfigKey TTL =
      ConfigKey.optional(
          "ttl",
          ConfigKey.Type.DURATION,
          "PT168H",
          "Time after which a device that is no longer found ends.");

  private final SnmpClient client;

  /**
   * @param client asks the devices; stays the caller's to close
   */
  public SubnetDiscovererFactory(SnmpClient client) {
    this.client = client;
  }

  @Override
  public String kind() {
    return "subnet";
  }

  @Override
  public Set<ConfigKey> configKeys() {
    return Set.of(
        RANGES,
        EXCLUDED,
        PORT,
        CREDENTIALS,
        SITE,
        TIMEOUT,
        RETRIES,
        CONCURRENCY,
        PACKETS_PER_SECOND,
        CLASS,
        SUBCLASS,
        LABELS,
        RANK,
        TTL);
  }

  @Override
  public Discoverer create(PluginConfig config, PluginContext context) {
    List<String> problems = new ArrayList<>();
    Addresses addresses =
        Addresses.parse(config.strings(RANGES), config.strings(EXCLUDED), problems);
    if (addresses.size() == 0 && problems.isEmpty()) {
      problems.add("ranges: there is no address to ask");
    }
    if (config.strings(CREDENTIALS).isEmpty()) {
      problems.add("credentials: at least one is needed");
    }
    if (config.string(SITE).isBlank()) {
      problems.add("site: is empty");
    }
    if (!config.duration(TIMEOUT).isPositive()) {
      problems.add("timeout: " + config.duration(TIMEOUT) + " is not above zero");
    }
    if (config.duration(TTL).toSeconds() < 1) {
      problems.add("ttl: " + config.duration(TTL) + " is below a second");
    }
    SweepSettings settings =
        new SweepSettings(
            addresses,
            config.strings(CREDENTIALS),
            new SweepSettings.Asking(
                within(config, PORT, 1, 65_535, problems),
                config.duration(TIMEOUT),
                within(config, RETRIES, 0, 10, problems),
                within(config, CONCURRENCY, 1, 10_000, problems),
                within(config, PACKETS_PER_SECOND, 1, 100_000, problems)),
            new SweepSettings.Saying(
                config.string(SITE),
                config.string(CLASS),
                config.string(SUBCLASS),
                config.map(LABELS),
                within(config, RANK, 0, 1000, problems),
                config.duration(TTL).toSeconds()));
    if (!problems.isEmpty()) {
      throw new PluginConfigException(problems);
    }
    return new SubnetDiscoverer(config.instance(), settings, client, context);
  }

  private static int within(
      PluginConfig config, ConfigKey key, int least, int most, List<String> problems) {
    long value = config.integer(key);
    if (value < least || value > most) {
      problems.add("%s: %d is not from %d to %d".formatted(key.name(), value, least, most));
    }
    return Math.clamp(value, least, most);
  }
}
