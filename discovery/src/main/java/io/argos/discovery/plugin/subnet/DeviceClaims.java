package io.argos.discovery.plugin.subnet;

import io.argos.schemas.Alias;
import io.argos.schemas.ResourceClaim;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes claims of devices: those that answer at several addresses under one name become one claim,
 * different ones under one name are told apart by their addresses. The same devices always give the
 * same claims, in whichever order they answered.
 */
final class DeviceClaims {
  private static final int SNMP_PORT = 161;

  /** Names that a device has when nobody gave it one. */
  private static final Pattern NO_NAME =
      Pattern.compile("|localhost(\\..*)?|\\(none\\)|.*\\p{Cntrl}.*|.{254,}", Pattern.DOTALL);

  private static final Pattern QUALIFIED =
      Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.[A-Za-z][A-Za-z0-9-]*\\.?");

  /** Two answers of one device put its start this far apart at most. */
  private static final Duration SAME_START = Duration.ofSeconds(10);

  private final SweepSettings settings;
  private final System.Logger log;

  DeviceClaims(SweepSettings settings, System.Logger log) {
    this.settings = settings;
    this.log = log;
  }

  List<ResourceClaim> of(List<Finding> findings) {
    Map<String, List<List<Finding.Device>>> devicesByName = new LinkedHashMap<>();
    findings.stream()
        .filter(Finding.Device.class::isInstance)
        .map(Finding.Device.class::cast)
        .sorted(Comparator.comparing(Finding.Device::address, DeviceClaims::byNumber))
        .forEach(device ->
            add(devicesByName.computeIfAbsent(nameOf(device), _ -> new ArrayList<>()), device));
    List<ResourceClaim> claims = new ArrayList<>();
    devicesByName.forEach((name, devices) -> {
      if (devices.size() > 1) {
        log.log(
            System.Logger.Level.WARNING,
            "several devices have one sysName and are known by their addresses name={0}"
                + " devices={1}",
            name,
            Integer.toString(devices.size()));
      }
      devices.forEach(device -> claims.add(claim(device, devices.size() == 1)));
    });
    return claims;
  }

  private static int byNumber(InetAddress a, InetAddress b) {
    byte[] one = a.getAddress();
    byte[] other = b.getAddress();
    return one.length == other.length
        ? Arrays.compareUnsigned(one, other)
        : Integer.compare(one.length, other.length);
  }

  private static void add(List<List<Finding.Device>> devices, Finding.Device device) {
    for (List<Finding.Device> known : devices) {
      if (isSame(known.getFirst().system(), device.system())) {
        known.add(device);
        return;
      }
    }
    devices.add(new ArrayList<>(List.of(device)));
  }

  private static boolean isSame(Finding.SystemGroup one, Finding.SystemGroup other) {
    Optional<Instant> start = one.bootedAt();
    Optional<Instant> otherStart = other.bootedAt();
    return start.isPresent()
        && otherStart.isPresent()
        && one.objectId().equals(other.objectId())
        && one.description().equals(other.description())
        && Duration.between(start.get(), otherStart.get()).abs().compareTo(SAME_START) <= 0;
  }

  private static String nameOf(Finding.Device device) {
    String name = device.system().name().toLowerCase(Locale.ROOT);
    return NO_NAME.matcher(name).matches() ? device.address().getHostAddress() : name;
  }

  /**
   * @param device its answers, that of the lowest address first
   * @param ownName false when another device has the same sysName
   */
  private ResourceClaim claim(List<Finding.Device> device, boolean ownName) {
    Finding.Device first = device.getFirst();
    List<String> addresses = device.stream().map(d -> d.address().getHostAddress()).toList();
    String name = ownName ? nameOf(first) : addresses.getFirst();
    List<Alias> aliases = new ArrayList<>();
    if (!addresses.contains(name)) {
      aliases.add(new Alias("sysname", first.system().name()));
      if (QUALIFIED.matcher(name).matches()) {
        aliases.add(new Alias("fqdn", first.system().name()));
      }
    }
    addresses.forEach(address -> aliases.add(new Alias("address", address)));
    SweepSettings.Saying saying = settings.saying();
    return ResourceClaim.newBuilder()
        .setSite(saying.site())
        .setName(name)
        .setAliases(aliases)
        .setResourceClass(saying.resourceClass())
        .setSubclass(saying.subclass())
        .setType(Enterprises.vendorOf(first.system().objectId()))
        .setEndpoint(endpoint(first.address()))
        .setAddresses(addresses)
        .setLabels(saying.labels())
        .setCredential(first.credential())
        .setTtlSeconds(saying.ttlSeconds())
        .setRank(saying.rank())
        .build();
  }

  private String endpoint(InetAddress address) {
    int port = settings.asking().port();
    String host = address.getHostAddress();
    if (port == SNMP_PORT) {
      return host;
    }
    return address instanceof Inet6Address ? "[" + host + "]:" + port : host + ":" + port;
  }
}
