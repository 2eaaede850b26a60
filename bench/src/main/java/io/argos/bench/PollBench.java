package io.argos.bench;

import io.argos.schemas.serde.RegistryClient;
import io.argos.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * A whole polling service: schedule, poll, decode, write, produce, account. The servers run in
 * another process; discovery, enrichment and resource-manager run until every device is known, and
 * no longer. Beside it snmp_exporter, when that is given. Prints one line of JSON.
 */
public final class PollBench {
  private static final int PORT = 21_162;
  private static final int PATIENCE_SECONDS = 180;
  private final ArgosProcess.Place place;
  private final DeviceSimulator simulator;
  private final BenchEstate.Load load;

  private PollBench(ArgosProcess.Place place, DeviceSimulator simulator, BenchEstate.Load load) {
    this.place = place;
    this.simulator = simulator;
    this.load = load;
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments the simulator's program, the argos command, the folder of profiles, an empty
   *     folder, a folder for logs, devices, interval in seconds, seconds of warm-up, seconds of
   *     measuring, JVM options of the polling service; then perhaps snmp_exporter's program and its
   *     configuration
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path logs = Files.createDirectories(Path.of(arguments[4]));
    BenchEstate.Load load =
        new BenchEstate.Load(
            Integer.parseInt(arguments[5]),
            Integer.parseInt(arguments[6]),
            Integer.parseInt(arguments[7]),
            Integer.parseInt(arguments[8]));
    ArgosProcess.Place place =
        new ArgosProcess.Place(Path.of(arguments[1]), Path.of(arguments[3]), logs);
    try (DeviceSimulator simulator = DeviceSimulator.start(Path.of(arguments[0]), logs, PORT)) {
      StringBuilder line =
          new StringBuilder("{\"bench\":\"poll\",\"devices\":" + load.devices())
              .append(",\"intervalSeconds\":" + load.intervalSeconds())
              .append(",\"jvm\":\"" + arguments[9] + '"');
      double perCpuSecond =
          new PollBench(place, simulator, load).measure(Path.of(arguments[2]), arguments[9], line);
      if (arguments.length > 11) {
        try (SnmpExporter exporter =
            SnmpExporter.start(
                Path.of(arguments[10]), Path.of(arguments[11]), logs, simulator, load.devices())) {
          Measured peer = exporter.measure(Math.min(10, load.seconds()));
          line.append(",\"snmpExporter\":").append(peer.toJson());
          line.append(
              String.format(
                  Locale.ROOT, ",\"ratio\":%.1f", perCpuSecond / peer.pollsPerCpuSecond()));
        }
      }
      line.append(",\"loadAverage\":\"")
          .append(Files.readString(Path.of("/proc/loadavg")).strip())
          .append("\"}");
      System.out.println(line);
    }
  }

  private double measure(Path profiles, String jvm, StringBuilder line)
      throws IOException, InterruptedException {
    try (ArgosProcess servers = place.start("servers", "-Xmx1g", BenchEstate.servers())) {
      Matcher addresses = servers.await(BenchEstate.SERVERS, PATIENCE_SECONDS);
      BenchEstate.write(place.folder(), addresses, profiles, simulator, load);
      TopicReader topics = new TopicReader(addresses.group("kafka"));
      learn(topics);
      try (ArgosProcess polling = place.start("polling", jvm, List.of("polling"))) {
        if (!topics.awaitKeys(new Topics("argos").polls(), "", load.devices(), PATIENCE_SECONDS)) {
          throw new IOException("not every device was polled; the logs are in " + place.logs());
        }
        say("warming up ...");
        Thread.sleep(Duration.ofSeconds(load.warmUpSeconds()));
        say("measuring ...");
        return measure(polling, topics, URI.create(addresses.group("registry")), line);
      }
    }
  }

  /** Lets the other stages find and enrich the devices, and stops them. */
  private void learn(TopicReader topics) throws IOException, InterruptedException {
    place.run("topics-ensure", "", List.of("topics", "ensure"));
    place.run(
        "secrets-put", "public", List.of("secrets", "put", BenchEstate.CREDENTIAL, "community"));
    say("discovering and enriching " + load.devices() + " devices ...");
    try (ArgosProcess _ = place.start("resource-manager", "", List.of("resource-manager"));
        ArgosProcess _ = place.start("discovery", "", List.of("discovery"));
        ArgosProcess _ = place.start("enrichment", "", List.of("enrichment"))) {
      String enrichments = new Topics("argos").enrichments();
      for (String namespace : List.of("|device", "|interface")) {
        if (!topics.awaitKeys(enrichments, namespace, load.devices(), PATIENCE_SECONDS)) {
          throw new IOException("not every device was enriched; the logs are in " + place.logs());
        }
      }
    }
  }

  private double measure(ArgosProcess polling, TopicReader topics, URI registry, StringBuilder line)
      throws IOException, InterruptedException {
    long pid = polling.pid();
    simulator.takeCounts();
    double cpu = ProcessCost.cpuSeconds(pid);
    Instant from = Instant.now();
    long began = System.nanoTime();
    Thread.sleep(Duration.ofSeconds(load.seconds()));
    double spent = ProcessCost.cpuSeconds(pid) - cpu;
    double wall = (System.nanoTime() - began) / 1e9;
    DeviceSimulator.Counts counts = simulator.takeCounts();
    Instant until = from.plusSeconds(load.seconds());
    long peak = ProcessCost.peakMemoryMiB(pid);
    // The last polls of the stretch have a second to end and to be told of.
    Thread.sleep(Duration.ofSeconds(1));
    RegistryClient.Access access =
        new RegistryClient.Access(
            registry, Optional.empty(), Optional.empty(), Duration.ofSeconds(5));
    try (RegistryClient schemas = new RegistryClient(access)) {
      PollAudit audit = PollAudit.of(topics, schemas, load, from, until);
      Measured measured = new Measured(audit.ended(), wall, spent, peak, counts);
      line.append(",\"polling\":").append(measured.toJson());
      line.append(",\"audit\":").append(audit.toJson());
      return measured.pollsPerCpuSecond();
    }
  }

  private static void say(String what) {
    System.err.println(what);
  }
}
