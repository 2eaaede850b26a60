package io.argos.config;

/** Embedded servers, all on loopback; port 0 takes a free one. */
public record ServersConfig(
    @Doc("Port of Kafka.") @Default("9092") @Range(min = 0, max = 65535) int kafkaPort,
    @Doc("Port of ZooKeeper.") @Default("2181") @Range(min = 0, max = 65535) int zookeeperPort,
    @Doc("Port of Redis.") @Default("6379") @Range(min = 0, max = 65535) int redisPort,
    @Doc("Port of the schema registry.") @Default("8081") @Range(min = 0, max = 65535)
        int registryPort) {}
