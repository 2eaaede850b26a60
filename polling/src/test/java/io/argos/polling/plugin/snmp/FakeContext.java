package io.argos.polling.plugin.snmp;

import io.argos.spi.PluginContext;
import io.argos.spi.Secret;
import io.argos.spi.Secrets;
import io.argos.spi.SecretsUnavailableException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a plugin is given, in memory. */
final class FakeContext implements PluginContext {
  private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private volatile boolean secretsAway;

  FakeContext community(String name, String community) {
    secrets.put(name, new Secret(name, Map.of("community", community)));
    return this;
  }

  void takeSecretsAway() {
    secretsAway = true;
  }

  long counted(String name) {
    return counts.getOrDefault(name, 0L);
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  public Secrets secrets() {
    return (name, site) -> {
      if (secretsAway) {
        throw new SecretsUnavailableException(
            "the secrets are out of reach", new IllegalStateException("test"));
      }
      return Optional.ofNullable(secrets.get(name));
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
