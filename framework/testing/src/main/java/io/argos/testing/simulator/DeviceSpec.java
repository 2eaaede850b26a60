package io.argos.testing.simulator;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A device to simulate.
 *
 * @param name its name in the log, its sysName where it is generated
 * @param mib what it knows
 * @param communities those that it answers
 * @param versions message versions that it answers: 0 for v1, 1 for v2c
 * @param address where it listens, several in one place being told apart by their communities;
 *     chosen by the simulator when empty
 * @param maxMessage octets of its longest reply
 * @param uptime how long it has been running when the simulator starts
 * @param behaviours its peculiarities
 */
public record DeviceSpec(
    String name,
    Mib mib,
    Set<String> communities,
    Set<Integer> versions,
    Optional<InetSocketAddress> address,
    int maxMessage,
    Duration uptime,
    List<Behaviour> behaviours) {
  /** A reply that fits one Ethernet frame. */
  public static final int DEFAULT_MAX_MESSAGE = 1472;

  public DeviceSpec {
    communities = Set.copyOf(communities);
    versions = Set.copyOf(versions);
    behaviours = List.copyOf(behaviours);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a device needs a name");
    }
    if (maxMessage < 484) {
      throw new IllegalArgumentException(
          "maxMessage: " + maxMessage + " is below the 484 octets that RFC 3417 asks for");
    }
  }

  /** A healthy device with the community {@code public}, running for a day. */
  public static DeviceSpec of(String name, Mib mib) {
    return new DeviceSpec(
        name,
        mib,
        Set.of("public"),
        Set.of(0, 1),
        Optional.empty(),
        DEFAULT_MAX_MESSAGE,
        Duration.ofDays(1),
        List.of());
  }

  /** A healthy generated device under its own name. */
  public static DeviceSpec of(GeneratedDevice device) {
    return of(device.name(), device);
  }

  public DeviceSpec communities(String... names) {
    return new DeviceSpec(
        name, mib, Set.of(names), versions, address, maxMessage, uptime, behaviours);
  }

  public DeviceSpec versions(Integer... numbers) {
    return new DeviceSpec(
        name, mib, communities, Set.of(numbers), address, maxMessage, uptime, behaviours);
  }

  public DeviceSpec address(InetSocketAddress where) {
    return new DeviceSpec(
        name, mib, communities, versions, Optional.of(where), maxMessage, uptime, behaviours);
  }

  public DeviceSpec maxMessage(int octets) {
    return new DeviceSpec(name, mib, communities, versions, address, octets, uptime, behaviours);
  }

  public DeviceSpec uptime(Duration running) {
    return new DeviceSpec(
        name, mib, communities, versions, address, maxMessage, running, behaviours);
  }

  /** The same device with further peculiarities. */
  public DeviceSpec with(Behaviour... more) {
    List<Behaviour> all = new ArrayList<>(behaviours);
    all.addAll(List.of(more));
    return new DeviceSpec(name, mib, communities, versions, address, maxMessage, uptime, all);
  }

  /** True when the device never answers. */
  public boolean isDead() {
    return behaviours.stream().anyMatch(Behaviour.Dead.class::isInstance);
  }
}
