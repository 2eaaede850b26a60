package io.argos.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that a bench of the services runs on: its configuration and the devices. */
final class BenchEstate {
  static final String CREDENTIAL = "bench-community";

  /** The line in which {@code argos servers} says where they are. */
  static final Pattern SERVERS =
      Pattern.compile(
          "servers up kafka=(?<kafka>\\S+) zookeeper=(?<zookeeper>\\S+)"
              + " redis=127.0.0.1:(?<redis>\\d+) registry=(?<registry>\\S+)");

  private BenchEstate() {}

  /** The arguments that start the servers on free ports. */
  static List<String> servers() {
    List<String> command = new ArrayList<>(List.of("servers", "--set", "instance.data=data"));
    for (String server : List.of("kafka", "zookeeper", "redis", "registry")) {
      command.addAll(List.of("--set", "servers." + server + "-port=0"));
    }
    return command;
  }

  /** Writes the configuration, with the addresses of the servers as they logged them. */
  static void write(
      Path folder, Matcher servers, Path profiles, DeviceSimulator simulator, Load load)
      throws IOException {
    Files.writeString(
        folder.resolve("argos.yaml"),
        """
        instance:
          data: data
        kafka:
          bootstrap-servers: [%1$s]
        zookeeper:
          connect: %2$s
        redis:
          port: %3$s
        registry:
          url: %4$s
        http:
          port: 0
        topics:
          partitions: 4
        streams:
          standbys: 0
        schedule:
          first-spread: 2s
        agent:
          # All devices are of one site.
          site-share: 1
        profiles: [%5$s]
        discovery:
          - name: files
            kind: json-file
            interval: 1h
            settings:
              file: devices.json
              credential: %6$s
        enrichment:
          - name: device
            kind: snmp
            interval: 6h
            settings:
              credentials: [%6$s]
        polling:
          - name: metrics
            kind: snmp
            interval: %7$ds
            settings:
              credentials: [%6$s]
        """
            .formatted(
                servers.group("kafka"),
                servers.group("zookeeper"),
                servers.group("redis"),
                servers.group("registry"),
                profiles,
                CREDENTIAL,
                load.intervalSeconds()));
    StringBuilder devices = new StringBuilder("[");
    for (int i = 0; i < load.devices(); i++) {
      InetSocketAddress address = simulator.device(i);
      devices
          .append(i == 0 ? "\n" : ",\n")
          .append("{\"site\": \"bench\", \"name\": \"switch-")
          .append(i)
          .append("\", \"class\": \"network\", \"subclass\": \"switch\", \"endpoint\": \"")
          .append(address.getAddress().getHostAddress())
          .append(':')
          .append(address.getPort())
          .append("\"}");
    }
    Files.writeString(folder.resolve("devices.json"), devices.append("\n]\n"));
  }

  /** How many devices are polled how often, and for how long. */
  record Load(int devices, int intervalSeconds, int warmUpSeconds, int seconds) {}
}
