package io.argos.polling.plugin.snmp;

import io.argos.config.SnmpConfig;
import io.argos.polling.ping.PingSpec;
import io.argos.polling.ping.Pinger;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.SnmpReads;
import io.argos.profile.SnmpTargets;
import io.argos.snmp.SnmpClient;
import io.argos.spi.ConfigKey;
import io.argos.spi.PluginConfig;
import io.argos.spi.PluginConfigException;
import io.argos.spi.PluginContext;
import io.argos.spi.Poller;
import io.argos.spi.PollerFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Makes pollers of kind {@code snmp}. */
public final class SnmpPollerFactory implements PollerFactory {
  static final ConfigKey CREDENTIALS =
      ConfigKey.optional(
          "credentials",
          ConfigKey.Type.STRING_LIST,
          "",
          "Names of the secrets to try, in this order, for resources that name no credential.");

  static final ConfigKey PING =
      ConfigKey.optional(
          "ping",
          ConfigKey.Type.BOOLEAN,
          "true",
          "Whether a device that does not answer is pinged, to tell one that is gone from one that only speaks no SNMP.");

  static final ConfigKey PING_COUNT =
      ConfigKey.optional(
          "ping-count",
          ConfigKey.Type.INTEGER,
          "3",
          "Packets of that ping, 200 ms apart; 1 to 100.");

  static final ConfigKey PING_TIMEOUT =
      ConfigKey.optional(
          "ping-timeout",
          ConfigKey.Type.DURATION,
          "2s",
          "From the first packet of that ping until the last answer is given up.");

  private final SnmpClient client;
  private final SnmpConfig config;
  private final Supplier<ProfileCatalog> profiles;
  private final Pinger pinger;

  /**
   * A factory.
   *
   * @param client shared by all instances, which do not close it
   * @param config bounds where a profile sets none
   * @param profiles the profiles in force, asked anew for each run
   * @param pinger asks silent devices; shared as the client is
   */
  public SnmpPollerFactory(
      SnmpClient client, SnmpConfig config, Supplier<ProfileCatalog> profiles, Pinger pinger) {
    this.client = client;
    this.config = config;
    this.profiles = profiles;
    this.pinger = pinger;
  }

  @Override
  public String kind() {
    return "snmp";
  }

  @Override
  public Set<ConfigKey> configKeys() {
    return Set.of(CREDENTIALS, PING, PING_COUNT, PING_TIMEOUT);
  }

  @Override
  public Poller create(PluginConfig settings, PluginContext context) {
    SnmpTargets targets = new SnmpTargets(config, context.secrets(), settings.strings(CREDENTIALS));
    Poller poller = new SnmpPoller(new SnmpReads(client), targets, profiles, context);
    long count = settings.integer(PING_COUNT);
    Duration timeout = settings.duration(PING_TIMEOUT);
    List<String> problems =
        PingSpec.problems(PING_COUNT.name(), count, PING_TIMEOUT.name(), timeout);
    if (!problems.isEmpty()) {
      throw new PluginConfigException(problems);
    }
    return settings.flag(PING)
        ? new PingingPoller(poller, pinger, new PingSpec((int) count, timeout), context)
        : poller;
  }
}
