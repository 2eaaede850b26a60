package io.argos.testing.simulator;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The simulator as a process of its own. Prints one line of JSON for each device once all listen,
 * and runs until it is told to end (SIGTERM, SIGINT).
 */
public final class SimulatorMain {
  private static final String USAGE =
      """
      usage: SimulatorMain [--devices N] [--ports HOST:FIRST | --addresses FIRST:PORT]
                           [--recording NAME=FILE]... [--log FILE] [--resources FILE] [--site SITE]
        --devices    devices of the default estate (12)
        --ports      one address, a port for each device; port 0 for any (127.0.0.1:0)
        --addresses  one port, an address for each device; port 0 for any
        --recording  a further device that answers as a .snmprec file says
        --log        append each request as a line of JSON
        --resources  write the devices as a resource file
        --site       site of the devices in the resource file (local)
      """;

  private SimulatorMain() {}

  public static void main(String[] args) throws InterruptedException {
    System.exit(run(args, System.out, System.err));
  }

  private static int run(String[] args, PrintStream out, PrintStream err)
      throws InterruptedException {
    Simulator simulator;
    try {
      simulator = start(args, out);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.print(USAGE);
      return 2;
    } catch (UncheckedIOException | RecordingException e) {
      err.println(e.getMessage());
      return 1;
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  simulator.close();
                  ended.countDown();
                }));
    ended.await();
    return 0;
  }

  /** Starts what the arguments ask for and prints where the devices listen. */
  static Simulator start(String[] args, PrintStream out) {
    Map<String, String> options = new HashMap<>();
    List<DeviceSpec> recorded = new ArrayList<>();
    for (int i = 0; i < args.length; i += 2) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      switch (args[i]) {
        case "--devices", "--ports", "--addresses", "--log", "--resources", "--site" ->
            options.put(args[i], value);
        case "--recording" -> recorded.add(recording(value));
        default -> throw new IllegalArgumentException(args[i] + ": no such option");
      }
    }
    Simulator.Builder builder = Simulator.builder();
    place(builder, options);
    if (options.containsKey("--log")) {
      builder.requestLog(RequestLog.toFile(0, Path.of(options.get("--log"))));
    }
    int devices = number("--devices", options.getOrDefault("--devices", "12"), 100_000);
    Simulator simulator = builder.addAll(DefaultEstate.of(devices)).addAll(recorded).start();
    if (options.containsKey("--resources")) {
      ResourceFile.write(
          Path.of(options.get("--resources")), simulator, options.getOrDefault("--site", "local"));
    }
    simulator.devices().forEach(device -> out.println(line(device)));
    out.flush();
    return simulator;
  }

  private static void place(Simulator.Builder builder, Map<String, String> options) {
    if (options.containsKey("--addresses")) {
      String where = options.get("--addresses");
      builder.addresses(host("--addresses", where), port("--addresses", where));
    } else if (options.containsKey("--ports")) {
      String where = options.get("--ports");
      builder.ports(host("--ports", where), port("--ports", where));
    }
  }

  private static DeviceSpec recording(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("--recording: '" + text + "' is not NAME=FILE");
    }
    return DeviceSpec.of(
        text.substring(0, equals), Recording.read(Path.of(text.substring(equals + 1))));
  }

  private static InetAddress host(String option, String where) {
    int colon = where.lastIndexOf(':');
    try {
      return InetAddress.getByName(colon < 0 ? where : where.substring(0, colon));
    } catch (UnknownHostException _) {
      throw new IllegalArgumentException(option + ": '" + where + "' names no address");
    }
  }

  private static int port(String option, String where) {
    return number(option, where.substring(where.lastIndexOf(':') + 1), 65_535);
  }

  private static int number(String option, String text, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // refused below, as numbers out of bounds are
    }
    throw new IllegalArgumentException(
        "%s: '%s' is not a number from 0 to %d".formatted(option, text, most));
  }

  private static String line(SimulatedDevice device) {
    StringBuilder json = new StringBuilder("{\"device\":");
    Json.string(json, device.name());
    json.append(",\"address\":");
    Json.string(json, device.address().getAddress().getHostAddress());
    json.append(",\"port\":").append(device.address().getPort());
    json.append(",\"dead\":").append(device.spec().isDead()).append('}');
    return json.toString();
  }
}
