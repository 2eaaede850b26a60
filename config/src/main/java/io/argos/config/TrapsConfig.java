package io.argos.config;

import java.time.Duration;
import java.util.List;

/** Reception of SNMP traps and informs by the polling service. */
public record TrapsConfig(
    @Doc("Whether to receive traps and informs.") @Default("false") boolean enabled,
    @Doc("Address to bind; `any` takes IPv4 and IPv6 of all interfaces.") @Default("any")
        String address,
    @Doc(
            "UDP port; 0 takes a free one. One below 1024, such as the standard one, needs CAP_NET_BIND_SERVICE or a redirection.")
        @Default("162")
        @Range(min = 0, max = 65535)
        int port,
    @Doc(
            "Secrets with the communities and v3 users that are accepted: those of the site `default`, and of each site of this zone.")
        @Default("[]")
        List<String> credentials,
    @Doc("Datagrams of one address taken each second; ten seconds' worth at once.")
        @Default("1000")
        @Range(min = 1)
        int rate,
    @Doc("Datagrams that may wait for their turn.") @Default("20000") @Range(min = 1) int queue,
    @Doc("Traps of one resource with one reduction key within this time become one event.")
        @Default("PT10S")
        @Range(min = 0.1, max = 600)
        Duration foldWithin,
    @Doc("A trap asks for a poll of its resource, at most once in this time.")
        @Default("PT10S")
        @Range(min = 1, max = 3600)
        Duration pollEvery) {
  /** The address that stands for all, of both families. */
  public static final String ANY = "any";

  public TrapsConfig {
    credentials = List.copyOf(credentials);
  }

  /** Traps are not received. */
  static TrapsConfig none() {
    return new TrapsConfig(
        false, ANY, 162, List.of(), 1_000, 20_000, Duration.ofSeconds(10), Duration.ofSeconds(10));
  }
}
