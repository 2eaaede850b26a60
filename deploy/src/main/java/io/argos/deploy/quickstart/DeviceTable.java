package io.argos.deploy.quickstart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;

/** The devices with their state and traffic, for a person and for a program. */
final class DeviceTable {
  private static final String[] PREFIXES = {"", "k", "M", "G", "T"};

  private DeviceTable() {}

  static String text(List<EstateWatch.Device> devices) {
    int width = devices.stream().mapToInt(device -> device.id().length()).max().orElse(0);
    int profiles =
        Math.max(7, devices.stream().mapToInt(device -> device.profile().length()).max().orElse(0));
    StringBuilder table = new StringBuilder();
    String row = "%-" + Math.max(width, 6) + "s  %-11s  %-" + profiles + "s  %10s  %12s  %12s%n";
    table.append(
        row.formatted("DEVICE", "STATE", "PROFILE", "INTERFACES", "IN BIT/S", "OUT BIT/S"));
    for (EstateWatch.Device device : devices) {
      table.append(
          row.formatted(
              device.id(),
              device.state(),
              device.profile(),
              device.interfaces() == 0 ? "-" : device.interfaces(),
              scaled(device.bitsIn()),
              scaled(device.bitsOut())));
    }
    return table.toString();
  }

  static ArrayNode json(List<EstateWatch.Device> devices) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (EstateWatch.Device device : devices) {
      array
          .addObject()
          .put("id", device.id())
          .put("state", device.state())
          .put("profile", device.profile())
          .put("interfaces", device.interfaces())
          .put("bits-in-per-second", Math.round(device.bitsIn()))
          .put("bits-out-per-second", Math.round(device.bitsOut()));
    }
    return array;
  }

  private static String scaled(double bits) {
    if (bits == 0) {
      return "-";
    }
    double value = bits;
    int prefix = 0;
    while (value >= 1000 && prefix < PREFIXES.length - 1) {
      value /= 1000;
      prefix++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, PREFIXES[prefix]).strip();
  }
}
