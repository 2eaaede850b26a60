package io.argos.testing.simulator;

import io.argos.testing.ber.ObjectId;
import io.argos.testing.ber.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes running devices as a resource file, an array of objects in the form that the json-file
 * discovery reads, so that also those that never answer are discovered.
 */
public final class ResourceFile {
  private static final ObjectId SYS_OBJECT_ID = ObjectId.parse("1.3.6.1.2.1.1.2.0");
  private static final long TTL_SECONDS = 86_400;

  private ResourceFile() {}

  /** Writes all devices of a simulator as resources of one site. */
  public static void write(Path file, Simulator simulator, String site) {
    StringBuilder json = new StringBuilder("[");
    for (SimulatedDevice device : simulator.devices()) {
      json.append(json.length() == 1 ? "\n" : ",\n");
      append(json, device, site);
    }
    json.append("\n]\n");
    try {
      Files.write(file, json.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the resource file " + file, e);
    }
  }

  private static void append(StringBuilder json, SimulatedDevice device, String site) {
    json.append("  {\"resource_plugin\": \"simulator\", \"resource_site\": ");
    Json.string(json, site);
    json.append(", \"resource_class\": \"network\", \"resource_subclass\": \"simulated\"");
    json.append(", \"resource_type\": ");
    Json.string(json, makeOf(device));
    json.append(", \"resource_id\": ");
    Json.string(json, device.name());
    json.append(", \"resource_endpoint\": ");
    String host = device.address().getAddress().getHostAddress();
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    Json.string(json, bracketed + ":" + device.address().getPort());
    json.append(", \"resource_creation_timestamp\": ");
    json.append(device.moment().now().getEpochSecond());
    json.append(", \"resource_metadata\": {\"_resource_ttl\": \"").append(TTL_SECONDS);
    json.append("\"}}");
  }

  private static String makeOf(SimulatedDevice device) {
    Value id = device.spec().mib().get(SYS_OBJECT_ID, device.moment());
    if (id instanceof Value.Name(ObjectId oid)) {
      for (Vendor vendor : Vendor.values()) {
        if (vendor != Vendor.UNKNOWN && vendor.sysObjectId().equals(oid)) {
          return vendor.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
      }
    }
    return "unknown";
  }
}
