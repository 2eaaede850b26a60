package io.argos.deploy.quickstart;

import io.argos.config.ArgosConfig;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The files that a quickstart runs on; a person can read them and start a first own one from them.
 */
final class QuickstartConfig {
  private QuickstartConfig() {}

  static String main(String credential) {
    return """
    # Written by argos quickstart. The addresses of its servers are in conf.d/.
    instance:
      data: .
    redis:
      key-file: secrets.key
    topics:
      partitions: 4
    # A profile that is put or changed there takes effect within an interval.
    profiles: ["${config:folder}/profiles"]
    schedule:
      # New devices are worked on within two seconds, not spread over ten.
      first-spread: 2s

    discovery:
      - name: lab-files
        kind: json-file
        interval: 1m
        settings:
          files: ["${config:folder}/devices.json", "${config:folder}/snmpd.json", "${config:folder}/own.json"]
          credential: %1$s

    enrichment:
      - name: snmp-device
        kind: snmp
        interval: 5m
        settings:
          credentials: [%1$s]

    polling:
      - name: snmp-metrics
        kind: snmp
        interval: 10s
        settings:
          credentials: [%1$s]
    """
        .formatted(credential);
  }

  static String addresses(ArgosConfig config) {
    return """
    # Where the servers of the running quickstart are.
    kafka:
      bootstrap-servers: %s
    zookeeper:
      connect: %s
    redis:
      port: %d
    registry:
      url: %s
    """
        .formatted(
            config.kafka().bootstrapServers(),
            config.zookeeper().connect(),
            config.redis().port(),
            config.registry().url());
  }

  /** A resource file with the real agent of this host, or an empty one. */
  static String snmpd(String site, String name, Optional<InetSocketAddress> address) {
    return address
        .map(at ->
            """
            [
              {"site": "%s", "name": "%s", "class": "host", "subclass": "server", "type": "net-snmp",
               "endpoint": "%s:%d"}
            ]
            """
                .formatted(site, name, at.getAddress().getHostAddress(), at.getPort()))
        .orElse("[]\n");
  }
}
