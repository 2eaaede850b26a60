package io.argos.deploy.standalone;

import io.argos.config.ConfigSources;
import io.argos.config.Loaded;
import io.argos.config.Origin;
import io.argos.servers.Servers;
import java.util.ArrayList;
import java.util.List;

/** Points a configuration at embedded servers, whatever ports they have. */
final class EmbeddedAddresses {
  /** One machine needs fewer partitions than an estate. */
  private static final int PARTITIONS = 4;

  private EmbeddedAddresses() {}

  /** The same configuration with the addresses of the servers laid over it. */
  static ConfigSources over(ConfigSources sources, Loaded loaded, Servers servers) {
    List<String> settings = new ArrayList<>();
    settings.add("kafka.bootstrap-servers=[" + servers.bootstrap() + "]");
    settings.add("zookeeper.connect=" + servers.connect());
    settings.add("redis.host=127.0.0.1");
    settings.add("redis.port=" + servers.redis().port());
    settings.add("registry.url=" + servers.registryUrl());
    if (loaded.origins().of("topics.partitions") instanceof Origin.Shipped) {
      settings.add("topics.partitions=" + PARTITIONS);
    }
    if (loaded.origins().of("streams.standbys") instanceof Origin.Shipped) {
      // There is no other instance that could keep a replica warm.
      settings.add("streams.standbys=0");
    }
    return sources.set(settings.toArray(String[]::new));
  }
}
