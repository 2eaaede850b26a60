package io.argos.polling.plugin.snmp;

import io.argos.spi.PluginContext;
import io.argos.spi.Secret;
import io.argos.spi.Secrets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a plugin is given, in memory. */
final class FakeContext implements PluginContext {
  private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final Map<String, String> changed = new ConcurrentHashMap<>();
  private volatile Duration ahead = Duration.ZERO;

  FakeContext community(String name, String community) {
    secrets.put(name, new Secret(name, Map.of("community", community)));
    return this;
  }

  /** The community changes, and what was fetched before stays in use until a device refuses it. */
  void change(String name, String community) {
    changed.put(name, community);
  }

  /** Lets time pass. */
  void advance(Duration by) {
    ahead = ahead.plus(by);
  }

  long counted(String name) {
    return counts.getOrDefault(name, 0L);
  }

  @Override
  public InstantSource clock() {
    return () -> InstantSource.system().instant().plus(ahead);
  }

  @Override
  public Secrets secrets() {
    return new Secrets() {
      @Override
      public Optional<Secret> find(String name, String site) {
        return Optional.ofNullable(secrets.get(name));
      }

      @Override
      public void refused(String name, String site) {
        count("refusals", 1);
        Optional.ofNullable(changed.remove(name)).ifPresent(newer -> community(name, newer));
      }
    };
  }

  @Override
  public System.Logger log() {
    return System.getLogger("test");
  }

  @Override
  public void count(String name, long amount) {
    counts.merge(name, amount, Long::sum);
  }
}
