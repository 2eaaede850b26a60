package io.argos.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The whole configuration of one process. */
public record ArgosConfig(
    @Doc("Prefix of every topic, consumer group and ZooKeeper path.") @Default("argos")
        String prefix,
    @Doc("This process.") InstanceConfig instance,
    @Doc("Kafka clients.") KafkaConfig kafka,
    @Doc("ZooKeeper client.") ZooKeeperConfig zookeeper,
    @Doc("Redis client, for secrets only.") RedisConfig redis,
    @Doc("Schema registry client.") RegistryConfig registry,
    @Doc("HTTP endpoint for health and metrics.") HttpConfig http,
    @Doc("Topics.") TopicsConfig topics,
    @Doc("Scheduling of jobs by the leader of a stage.") ScheduleConfig schedule,
    @Doc("Execution of jobs by agents.") AgentConfig agent,
    @Doc("SNMP engine.") SnmpConfig snmp,
    @Doc("Identity of resources.") IdentityConfig identity,
    @Doc("Topologies of the resource-manager.") StreamsConfig streams,
    @Doc("Embedded servers of `argos servers` and `argos standalone`.") ServersConfig servers,
    @Doc(
            "Zones: sites that the same agents reach, by zone name. A site named nowhere belongs to zone main.")
        @Default("{}")
        Map<String, List<String>> zones,
    @Doc("Folders of device profiles beside those shipped.") @Default("[]") List<Path> profiles,
    @Doc("Plugin instances of the discovery stage.") @Default("[]") List<PluginEntry> discovery,
    @Doc("Plugin instances of the enrichment stage.") @Default("[]") List<PluginEntry> enrichment,
    @Doc("Plugin instances of the polling stage.") @Default("[]") List<PluginEntry> polling) {
  public ArgosConfig {
    zones = Map.copyOf(zones);
    profiles = List.copyOf(profiles);
    discovery = List.copyOf(discovery);
    enrichment = List.copyOf(enrichment);
    polling = List.copyOf(polling);
  }

  /** Zone of a site: the one that names it, otherwise {@code main}. */
  public String zoneOf(String site) {
    return zones.entrySet().stream()
        .filter(zone -> zone.getValue().contains(site))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("main");
  }
}
