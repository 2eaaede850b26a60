package io.argos.bench;

import io.argos.schemas.serde.RegistryClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One scheduler with very many targets and two agents whose work is nothing, on the servers of
 * {@code argos servers}, each a process of its own: how exactly jobs leave, what that costs, and
 * whether every slot ends in one run. Prints one line of JSON.
 */
public final class ScheduleBench {
  private static final int PATIENCE_SECONDS = 120;
  private static final Duration LOOKAHEAD = Duration.ofSeconds(30);
  private static final Pattern UP = Pattern.compile("up heap=\\d+ before=\\d+ held=\\d+");

  private final ArgosProcess.Place argos;
  private final ArgosProcess.Place java;
  private final Load load;

  /** What is measured: so many targets at an interval, for so long, behind a warm-up. */
  private record Load(
      int targets, int intervalSeconds, int warmUpSeconds, int seconds, String jvm) {
    long due() {
      return (long) targets * seconds / intervalSeconds;
    }
  }

  private ScheduleBench(ArgosProcess.Place argos, ArgosProcess.Place java, Load load) {
    this.argos = argos;
    this.java = java;
    this.load = load;
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments the argos command, a command that runs this module's classes, an empty folder,
   *     a folder for logs, targets, interval in seconds, seconds of warm-up, seconds of measuring
   *     (a multiple of the interval), JVM options of the scheduler and the agents
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[2]);
    Path logs = Files.createDirectories(Path.of(arguments[3]));
    Load load =
        new Load(
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]),
            Integer.parseInt(arguments[6]),
            Integer.parseInt(arguments[7]),
            arguments[8]);
    String line =
        new ScheduleBench(
                new ArgosProcess.Place(Path.of(arguments[0]), folder, logs),
                new ArgosProcess.Place(Path.of(arguments[1]), folder, logs),
                load)
            .run();
    System.out.println(line);
  }

  private String run() throws IOException, InterruptedException {
    try (ArgosProcess servers = argos.start("servers", "-Xmx768m", BenchEstate.servers())) {
      Matcher addresses = servers.await(BenchEstate.SERVERS, PATIENCE_SECONDS);
      Files.writeString(argos.folder().resolve("argos.yaml"), configuration(addresses));
      argos.run("topics-ensure", "", List.of("topics", "ensure"));
      // Services want the key of the secrets, which the first secret makes.
      argos.run(
          "secrets-put", "public", List.of("secrets", "put", BenchEstate.CREDENTIAL, "community"));
      List<ArgosProcess> agents = new ArrayList<>();
      try {
        agents.add(start("agent-1", "agent"));
        agents.add(start("agent-2", "agent"));
        try (ArgosProcess scheduler = start("scheduler", "scheduler")) {
          return measure(scheduler, agents, addresses);
        }
      } finally {
        agents.forEach(ArgosProcess::close);
      }
    }
  }

  private String measure(ArgosProcess scheduler, List<ArgosProcess> agents, Matcher addresses)
      throws IOException, InterruptedException {
    say("warming up ...");
    // The first jobs are due one lookahead after the first tick.
    Thread.sleep(LOOKAHEAD.plusSeconds(load.warmUpSeconds()));
    say("measuring ...");
    double scheduling = ProcessCost.cpuSeconds(scheduler.pid());
    double working = cpuSeconds(agents);
    long began = System.nanoTime();
    Instant from = Instant.now();
    // Slots that leave the scheduler in this time are due one lookahead later.
    var stretch =
        new ScheduleAudit.Stretch(
            from.plus(LOOKAHEAD), from.plus(LOOKAHEAD).plusSeconds(load.seconds()));
    Thread.sleep(Duration.ofSeconds(load.seconds()));
    scheduling = ProcessCost.cpuSeconds(scheduler.pid()) - scheduling;
    working = cpuSeconds(agents) - working;
    double wall = (System.nanoTime() - began) / 1e9;
    Heap scheduled = Heap.of(scheduler.ask(STATUS, PATIENCE_SECONDS));
    List<Heap> held = new ArrayList<>();
    for (ArgosProcess agent : agents) {
      held.add(Heap.of(agent.ask(STATUS, PATIENCE_SECONDS)));
    }
    say("waiting for the last slots ...");
    Thread.sleep(LOOKAHEAD.plusSeconds(3));
    var access =
        new RegistryClient.Access(
            URI.create(addresses.group("registry")),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(5));
    try (RegistryClient schemas = new RegistryClient(access)) {
      TopicReader topics = new TopicReader(addresses.group("kafka"));
      ScheduleAudit audit = ScheduleAudit.of(topics, schemas, load.due(), LOOKAHEAD, stretch);
      long bytes = held.stream().mapToLong(Heap::grown).sum();
      return String.format(
          Locale.ROOT,
          "{\"bench\":\"schedule\",\"targets\":%d,\"intervalSeconds\":%d,\"seconds\":%d,"
              + "\"jvm\":\"%s\",\"scheduler\":{\"cores\":%.3f,\"bytesPerTarget\":%d,"
              + "\"peakMiB\":%d},\"agents\":{\"cores\":%.3f,\"bytesPerTarget\":%d,"
              + "\"jobsHeld\":%d,\"peakMiB\":[%d,%d]},\"audit\":%s,\"loadAverage\":\"%s\"}",
          load.targets(),
          load.intervalSeconds(),
          load.seconds(),
          load.jvm(),
          scheduling / wall,
          scheduled.grown() / load.targets(),
          ProcessCost.peakMemoryMiB(scheduler.pid()),
          working / wall,
          bytes / load.targets(),
          held.stream().mapToLong(Heap::held).sum(),
          ProcessCost.peakMemoryMiB(agents.get(0).pid()),
          ProcessCost.peakMemoryMiB(agents.get(1).pid()),
          audit.toJson(),
          Files.readString(Path.of("/proc/loadavg")).strip());
    }
  }

  private static final Pattern STATUS =
      Pattern.compile("status heap=(\\d+) before=(\\d+) held=(\\d+)");

  /** What a process said of its heap. */
  private record Heap(long inUse, long before, long held) {
    static Heap of(Matcher line) {
      return new Heap(
          Long.parseLong(line.group(1)),
          Long.parseLong(line.group(2)),
          Long.parseLong(line.group(3)));
    }

    long grown() {
      return inUse - before;
    }
  }

  private static double cpuSeconds(List<ArgosProcess> processes) throws IOException {
    double sum = 0;
    for (ArgosProcess process : processes) {
      sum += ProcessCost.cpuSeconds(process.pid());
    }
    return sum;
  }

  private ArgosProcess start(String name, String role) throws IOException, InterruptedException {
    ArgosProcess process =
        java.start(
            name,
            load.jvm(),
            List.of(
                ScheduleProcess.class.getName(),
                "argos.yaml",
                role,
                Integer.toString(load.targets()),
                Integer.toString(load.intervalSeconds())));
    process.await(UP, PATIENCE_SECONDS);
    return process;
  }

  private String configuration(Matcher servers) {
    return """
    instance:
      data: data
    kafka:
      bootstrap-servers: [%s]
    zookeeper:
      connect: %s
    redis:
      port: %s
    registry:
      url: %s
    http:
      port: 0
    topics:
      partitions: 8
    schedule:
      lookahead: %ds
    agent:
      # All targets are of one site.
      site-share: 1
    """
        .formatted(
            servers.group("kafka"),
            servers.group("zookeeper"),
            servers.group("redis"),
            servers.group("registry"),
            LOOKAHEAD.toSeconds());
  }

  private static void say(String what) {
    System.err.println(what);
  }
}
