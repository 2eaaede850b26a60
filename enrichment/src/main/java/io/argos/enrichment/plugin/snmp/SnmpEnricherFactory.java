package io.argos.enrichment.plugin.snmp;

import io.argos.config.SnmpConfig;
import io.argos.profile.ProfileCatalog;
import io.argos.profile.SnmpReads;
import io.argos.profile.SnmpTargets;
import io.argos.snmp.SnmpClient;
import io.argos.spi.ConfigKey;
import io.argos.spi.Enricher;
import io.argos.spi.EnricherFactory;
import io.argos.spi.PluginConfig;
import io.argos.spi.PluginContext;
import java.util.Set;
import java.util.function.Supplier;

/** Makes enrichers of kind {@code snmp}. */
public final class SnmpEnricherFactory implements EnricherFactory {
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
  public SnmpEnricherFactory(
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
  public Enricher create(PluginConfig settings, PluginContext context) {
    SnmpTargets targets = new SnmpTargets(config, context.secrets(), settings.strings(CREDENTIALS));
    return new SnmpEnricher(new SnmpReads(client), targets, profiles, context);
  }
}
