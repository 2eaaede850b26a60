package io.argos.polling.plugin.ping;

import io.argos.polling.ping.PingSpec;
import io.argos.polling.ping.Pinger;
import io.argos.spi.ConfigKey;
import io.argos.spi.PluginConfig;
import io.argos.spi.PluginConfigException;
import io.argos.spi.PluginContext;
import io.argos.spi.Poller;
import io.argos.spi.PollerFactory;
import java.util.List;
import java.util.Set;

/** Makes pollers of kind {@code ping}. */
public final class PingPollerFactory implements PollerFactory {
  /** The kind. */
  public static final String KIND = "ping";

  static final ConfigKey COUNT =
      ConfigKey.optional(
          "count", ConfigKey.Type.INTEGER, "5", "Packets of one ping, 200 ms apart; 1 to 100.");

  static final ConfigKey TIMEOUT =
      ConfigKey.optional(
          "timeout",
          ConfigKey.Type.DURATION,
          "3s",
          "From the first packet until the last answer is given up.");

  private final Pinger pinger;

  /**
   * A factory.
   *
   * @param pinger shared by all instances, which do not close it
   */
  public PingPollerFactory(Pinger pinger) {
    this.pinger = pinger;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Set<ConfigKey> configKeys() {
    return Set.of(COUNT, TIMEOUT);
  }

  @Override
  public Poller create(PluginConfig settings, PluginContext context) {
    long count = settings.integer(COUNT);
    List<String> problems =
        PingSpec.problems(COUNT.name(), count, TIMEOUT.name(), settings.duration(TIMEOUT));
    if (!problems.isEmpty()) {
      throw new PluginConfigException(problems);
    }
    return new PingPoller(pinger, new PingSpec((int) count, settings.duration(TIMEOUT)), context);
  }
}
