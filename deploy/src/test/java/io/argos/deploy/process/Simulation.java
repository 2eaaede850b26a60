package io.argos.deploy.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.argos.schemas.topic.ResourceId;
import io.argos.testing.simulator.Behaviour;
import io.argos.testing.simulator.DeviceSpec;
import io.argos.testing.simulator.Request;
import io.argos.testing.simulator.RequestLog;
import io.argos.testing.simulator.ResourceFile;
import io.argos.testing.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Simulated devices, the resource file that names them, and the log of what they were asked. */
public final class Simulation implements AutoCloseable {
  public static final String SITE = "lab";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REQUESTS_KEPT = 500_000;

  private final Simulator simulator;
  private final Path resources;

  private Simulation(Simulator simulator, Path resources) {
    this.simulator = simulator;
    this.resources = resources;
  }

  public static Simulation start(Path folder, List<DeviceSpec> devices) {
    Simulator simulator =
        Simulator.builder().addAll(devices).requestLog(RequestLog.inMemory(REQUESTS_KEPT)).start();
    Path resources = folder.resolve("devices.json");
    ResourceFile.write(resources, simulator, SITE);
    return new Simulation(simulator, resources);
  }

  /** Writes the resource file with every device. */
  public void listAll() {
    ResourceFile.write(resources, simulator, SITE);
  }

  /** Writes the resource file with every device but one. */
  public Simulation listAllBut(String device) {
    try {
      ArrayNode all = (ArrayNode) JSON.readTree(resources.toFile());
      Iterator<JsonNode> each = all.elements();
      while (each.hasNext()) {
        if (each.next().path("resource_id").asText().equals(device)) {
          each.remove();
        }
      }
      Settings.rewrite(resources, JSON.writeValueAsString(all));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + resources, e);
    }
  }

  /** The resource file. */
  public Path resources() {
    return resources;
  }

  /** Ids of all devices. */
  public Set<String> all() {
    return ids(spec -> true);
  }

  /** Ids of the devices that answer. */
  public Set<String> living() {
    return ids(spec -> !spec.isDead());
  }

  private Set<String> ids(Predicate<DeviceSpec> wanted) {
    return simulator.devices().stream()
        .filter(device -> wanted.test(device.spec()))
        .map(device -> id(device.name()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  public static String id(String device) {
    return ResourceId.of(SITE, device);
  }

  /** The UDP ports from which devices were asked since then. */
  public Set<Integer> askers(Instant since) {
    return simulator.requests().latest().stream()
        .filter(request -> !request.at().isBefore(since))
        .map(request -> request.from().getPort())
        .collect(Collectors.toSet());
  }

  /** What the devices were asked, oldest first; the oldest are forgotten in the end. */
  public List<Request> requests() {
    return simulator.requests().latest();
  }

  /** The latest request to any device. */
  public Optional<Request> last() {
    return simulator.requests().last();
  }

  /** Replaces the peculiarities of a device from its next request on. */
  public void behave(String id, Behaviour... behaviours) {
    simulator.device(id.substring(SITE.length() + 1)).behave(behaviours);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
