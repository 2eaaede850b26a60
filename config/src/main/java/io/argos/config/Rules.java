package io.argos.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules that concern more than the type of one key. */
final class Rules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final String NAME_FORM =
      " is not a name of letters, digits, '.', '_' and '-' that begins with a letter or digit";
  private static final Pattern HOST_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+\\]|[^:\\s/]+):(\\d{1,5})");

  private final Problems problems;
  private final Origins.Builder origins;

  Rules(Problems problems, Origins.Builder origins) {
    this.problems = problems;
    this.origins = origins;
  }

  void check(String path, Object record) {
    switch (record) {
      case PluginEntry entry -> plugin(path, entry);
      case InstanceConfig instance -> instance(path, instance);
      case KafkaConfig kafka -> kafka(path, kafka);
      case ZooKeeperConfig zookeeper -> zookeeper(path, zookeeper);
      case RedisConfig redis -> redis(path, redis);
      case RegistryConfig registry -> registry(path, registry);
      case TlsConfig tls -> pair(path, "certificate", tls.certificate(), "key", tls.key());
      case TopicsConfig topics -> topics(path, topics);
      case ScheduleConfig schedule -> schedule(path, schedule);
      case HttpConfig http -> notBlank(path, "bind", http.bind());
      case TrapsConfig traps -> traps(path, traps);
      case ArgosConfig all -> whole(all);
      default -> {
        // Its keys have bounds of their own only.
      }
    }
  }

  private void plugin(String path, PluginEntry entry) {
    name(path + ".name", entry.name());
    name(path + ".kind", entry.kind());
    notBlank(path, "site", entry.site());
    if (entry.interval().isPresent() && entry.cron().isPresent()) {
      problem(path + ".cron", "either this or interval, not both");
    }
    if (entry.interval().isEmpty()
        && entry.cron().isEmpty()
        && !problems.failed(path + ".interval")) {
      problem(path, "needs an interval, such as 60s, or a cron expression", path + ".cron");
    }
    entry
        .cron()
        .filter(cron -> !cron.strip().matches("\\S+(\\s+\\S+){5,6}"))
        .ifPresent(cron ->
            problem(
                path + ".cron",
                "'" + cron + "' is not a Quartz expression of six or seven fields, seconds first"));
    entry
        .ttl()
        .filter(ttl -> entry.interval().map(interval -> ttl.compareTo(interval) < 0).orElse(false))
        .ifPresent(ttl ->
            problem(
                path + ".ttl",
                "'"
                    + Durations.format(ttl)
                    + "' is shorter than the interval of "
                    + Durations.format(entry.interval().orElse(Duration.ZERO))));
    entry
        .timeout()
        .filter(timeout ->
            entry.interval().map(interval -> timeout.compareTo(interval) > 0).orElse(false))
        .ifPresent(timeout ->
            problem(
                path + ".timeout",
                "'"
                    + Durations.format(timeout)
                    + "' is longer than the interval of "
                    + Durations.format(entry.interval().orElse(Duration.ZERO))));
  }

  private void instance(String path, InstanceConfig instance) {
    name(path + ".id", instance.id());
    name(path + ".zone", instance.zone());
  }

  private void kafka(String path, KafkaConfig kafka) {
    if (kafka.bootstrapServers().isEmpty()) {
      problem(path + ".bootstrap-servers", "is empty; expected host:port");
    }
    kafka.bootstrapServers().forEach(server -> hostPort(path + ".bootstrap-servers", server));
    pair(path, "user", kafka.user(), "password", kafka.password());
    if (kafka.saslMechanism().isPresent()) {
      needs(path, "sasl-mechanism", "user", kafka.user());
    } else if (kafka.user().isPresent()) {
      problem(path + ".user", "has no effect without sasl-mechanism", path + ".sasl-mechanism");
    }
  }

  private void zookeeper(String path, ZooKeeperConfig zookeeper) {
    var hosts = zookeeper.connect();
    int slash = hosts.indexOf('/');
    for (var host : (slash < 0 ? hosts : hosts.substring(0, slash)).split(",", -1)) {
      hostPort(path + ".connect", host.strip());
    }
    pair(path, "user", zookeeper.user(), "password", zookeeper.password());
  }

  private void redis(String path, RedisConfig redis) {
    notBlank(path, "host", redis.host());
    if (redis.user().isPresent()) {
      needs(path, "user", "password", redis.password());
    }
    if (redis.refreshAfter().compareTo(redis.keepFor()) > 0) {
      problem(
          path + ".refresh-after",
          "'"
              + Durations.format(redis.refreshAfter())
              + "' is longer than keep-for, "
              + Durations.format(redis.keepFor()));
    }
  }

  private void registry(String path, RegistryConfig registry) {
    var scheme = registry.url().getScheme();
    if (!scheme.equals("http") && !scheme.equals("https")) {
      problem(path + ".url", "begins with '" + scheme + ":'; expected http: or https:");
    }
    if (registry.url().getUserInfo() != null) {
      problem(path + ".url", "holds a user; give it as user and password");
    }
    pair(path, "user", registry.user(), "password", registry.password());
  }

  private void topics(String path, TopicsConfig topics) {
    if (topics.replication() != -1 && topics.replication() < 1) {
      problem(path + ".replication", "'" + topics.replication() + "' is neither -1 nor at least 1");
    }
  }

  private void schedule(String path, ScheduleConfig schedule) {
    if (schedule.tick().compareTo(schedule.lookahead()) > 0) {
      problem(
          path + ".tick",
          "'"
              + Durations.format(schedule.tick())
              + "' is longer than lookahead, "
              + Durations.format(schedule.lookahead()));
    }
  }

  private void traps(String path, TrapsConfig traps) {
    notBlank(path, "address", traps.address());
    if (traps.enabled() && traps.credentials().isEmpty()) {
      problem(path + ".credentials", "is empty, so that no trap would be accepted");
    }
  }

  private void whole(ArgosConfig all) {
    name("prefix", all.prefix());
    zones(all);
    ports(all);
    takeover(all);
  }

  /** A change of leader must fit into the lookahead, or polls are missed by it. */
  private void takeover(ArgosConfig all) {
    var session = all.zookeeper().sessionTimeout();
    if (all.schedule().lookahead().compareTo(session) <= 0) {
      problem(
          "schedule.lookahead",
          "'"
              + Durations.format(all.schedule().lookahead())
              + "' is not longer than zookeeper.session-timeout, "
              + Durations.format(session)
              + ", within which a new leader is elected");
    }
  }

  private void zones(ArgosConfig all) {
    var zoneOfSite = new HashMap<String, String>();
    // In the order of names, so that the same configuration always gives the same message.
    new java.util.TreeMap<>(all.zones())
        .forEach((zone, sites) -> {
          name("zones." + zone, zone);
          for (var site : sites) {
            var other = zoneOfSite.putIfAbsent(site, zone);
            if (zone.equals(other)) {
              problem("zones." + zone, "names the site '" + site + "' twice");
            } else if (other != null) {
              problem(
                  "zones." + zone,
                  "the site '"
                      + site
                      + "' is in zone '"
                      + other
                      + "' already ("
                      + origins.of("zones." + other).describe()
                      + ")");
            }
          }
        });
    var zone = all.instance().zone();
    if (!zone.equals("main") && !all.zones().containsKey(zone)) {
      var known = new ArrayList<>(all.zones().keySet());
      known.add("main");
      known.sort(null);
      problem(
          "instance.zone",
          "there is no zone '" + zone + "'; zones are " + String.join(", ", known));
    }
  }

  /** In standalone these servers are one process. */
  private void ports(ArgosConfig all) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("http.port", all.http().port());
    ports.put("servers.kafka-port", all.servers().kafkaPort());
    ports.put("servers.zookeeper-port", all.servers().zookeeperPort());
    ports.put("servers.redis-port", all.servers().redisPort());
    ports.put("servers.registry-port", all.servers().registryPort());
    var keyOfPort = new HashMap<Integer, String>();
    ports.forEach((key, port) -> {
      var other = port == 0 ? null : keyOfPort.putIfAbsent(port, key);
      if (other != null) {
        problem(key, "port " + port + " is that of " + other + " too");
      }
    });
  }

  private void name(String path, String name) {
    if (!NAME.matcher(name).matches()) {
      problem(path, "'" + name + "'" + NAME_FORM);
    }
  }

  private void notBlank(String path, String key, String value) {
    if (value.isBlank()) {
      problem(path + "." + key, "is empty");
    }
  }

  private void hostPort(String path, String address) {
    var parts = HOST_PORT.matcher(address);
    if (!parts.matches()
        || Integer.parseInt(parts.group(2)) > 65_535
        || Integer.parseInt(parts.group(2)) < 1) {
      problem(path, "'" + address + "' is not host:port with a port from 1 to 65535");
    }
  }

  private void pair(
      String path, String left, Optional<?> leftValue, String right, Optional<?> rightValue) {
    if (leftValue.isPresent()) {
      needs(path, left, right, rightValue);
    } else if (rightValue.isPresent()) {
      needs(path, right, left, leftValue);
    }
  }

  private void needs(String path, String key, String other, Optional<?> value) {
    if (value.isEmpty()) {
      problem(path + "." + key, "needs " + other + " as well", path + "." + other);
    }
  }

  /** Says nothing about a key, or for the sake of one, that failed before. */
  private void problem(String path, String message, String... causes) {
    if (!problems.failed(path) && List.of(causes).stream().noneMatch(problems::failed)) {
      problems.add(origins.of(path), path, message);
    }
  }
}
