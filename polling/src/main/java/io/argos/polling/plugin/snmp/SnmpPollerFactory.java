package io.argos.polling.plugin.snmp;

import io.argos.config.SnmpConfig;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.SnmpReads;
import io.argos.profile.SnmpTargets;
import io.argos.snmp.SnmpClient;
import io.argos.spi.ConfigKey;
import io.argos.spi.PluginConfig;
import io.argos.spi.PluginContext;
import io.argos.spi.Poller;
import io.argos.spi.PollerFactory;
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

  private final SnmpClient client;
  private final SnmpConfig config;
  private final Supplier<ProfileCatalog> profiles;

  /**
   * A factory.
   *
   * @param client shared by all instances, which do not close it
   * @param config bounds where a profile sets none
   * @param profiles the profiles in force, asked anew for each run
   */
  public SnmpPollerFactory(
      SnmpClient client, SnmpConfig config, Supplier<ProfileCatalog> profiles) {
    this.client = client;
    this.config = config;
    this.profiles = profiles;
  }

  @Override
  public String kind() {
    return "snmp";
  }

  @Override
  public Set<ConfigKey> configKeys() {
    return Set.of(CREDENTIALS);
  }

  @Override
  public Poller create(PluginConfig settings, PluginContext context) {
    SnmpTargets targets = new SnmpTargets(config, context.secrets(), settings.strings(CREDENTIALS));
    return new SnmpPoller(new SnmpReads(client), targets, profiles, context);
  }
}
