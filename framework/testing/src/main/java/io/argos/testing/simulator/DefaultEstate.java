package io.argos.testing.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The devices with which one tries Argos out: a dozen of several makes, half of them with a
 * peculiarity that a real estate has too. All answer the community {@code public}.
 */
public final class DefaultEstate {
  private static final Vendor[] MAKES = {
    Vendor.CISCO, Vendor.JUNIPER, Vendor.ARISTA, Vendor.GENERIC, Vendor.NET_SNMP
  };

  private DefaultEstate() {}

  /** The default twelve. */
  public static List<DeviceSpec> twelve() {
    return List.of(
        healthy(Vendor.CISCO, "core-1", 26, "cisco-health"),
        healthy(Vendor.JUNIPER, "core-2", 24, "juniper-health"),
        DeviceSpec.of(waving(Vendor.ARISTA, "edge-1", 52)),
        DeviceSpec.of(waving(Vendor.GENERIC, "access-1", 24)),
        healthy(Vendor.NET_SNMP, "host-1", 3, "host-resources"),
        healthy(Vendor.CISCO, "access-2", 24, "cisco-health"),
        DeviceSpec.of(waving(Vendor.GENERIC, "slow-1", 8))
            .with(new Behaviour.Slow(Duration.ofMillis(400))),
        DeviceSpec.of(waving(Vendor.GENERIC, "dead-1", 8)).with(new Behaviour.Dead()),
        DeviceSpec.of(waving(Vendor.CISCO, "reboot-1", 12))
            .with(
                new Behaviour.Reboots(
                    Duration.ofSeconds(45), Duration.ofMinutes(5), Duration.ofSeconds(3))),
        wrapping("wrap-1"),
        DeviceSpec.of(waving(Vendor.ARISTA, "lossy-1", 12)).with(new Behaviour.Lossy(0.1, 11)),
        DeviceSpec.of(waving(Vendor.UNKNOWN, "unknown-1", 4)));
  }

  /** The first of the twelve, and healthy devices of several makes beyond them. */
  public static List<DeviceSpec> of(int devices) {
    List<DeviceSpec> estate = new ArrayList<>(twelve());
    for (int number = 13; number <= devices; number++) {
      Vendor make = MAKES[number % MAKES.length];
      String name = "device-" + number;
      estate.add(
          make == Vendor.NET_SNMP
              ? healthy(make, name, 3, "host-resources")
              : DeviceSpec.of(waving(make, name, 24)));
    }
    return List.copyOf(estate.subList(0, devices));
  }

  private static DeviceSpec healthy(Vendor make, String name, int interfaces, String recording) {
    return DeviceSpec.of(
        name, Mib.of(waving(make, name, interfaces), Recording.shipped(recording)));
  }

  private static GeneratedDevice waving(Vendor make, String name, int interfaces) {
    return GeneratedDevice.of(make, name, interfaces).waving(0.4, 120);
  }

  /**
   * At 100 MB/s an octet counter of 32 bits wraps every 43 seconds, and the first time after 15:
   * until then it has counted since its start, 1000 wraps less 15 seconds before the simulator's.
   */
  private static DeviceSpec wrapping(String name) {
    double rate = 1e8;
    long upSeconds = (long) (1000 * 0x1p32 / rate) - 15;
    return DeviceSpec.of(
            GeneratedDevice.of(Vendor.GENERIC, name, 4)
                .interfaces(i -> i.withTraffic(Traffic.steady(rate, rate * 0.9)))
                .counters(GeneratedDevice.Counters.NARROW))
        .uptime(Duration.ofSeconds(upSeconds));
  }
}
