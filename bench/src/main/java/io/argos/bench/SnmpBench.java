package io.argos.bench;

import io.argos.config.SnmpConfig;
import io.argos.snmp.SnmpColumn;
import io.argos.snmp.SnmpCredential;
import io.argos.snmp.SnmpEngine;
import io.argos.snmp.SnmpLimits;
import io.argos.snmp.SnmpPlan;
import io.argos.snmp.SnmpReply;
import io.argos.snmp.SnmpTarget;
import io.argos.spi.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * The SNMP engine alone: asks, decodes into columns, throws them away; beside snmp_exporter, when
 * that is given. Prints one line of JSON.
 */
public final class SnmpBench {
  private static final int PORT = 21_161;
  private static final int WARM_UP_SECONDS = 6;
  private final SnmpEngine engine;
  private final SnmpTarget[] targets;
  private final SnmpPlan plan = StandardPoll.plan();
  private final Semaphore inFlight;
  private final int permits;
  private final LongAdder failures = new LongAdder();

  private SnmpBench(SnmpEngine engine, SnmpTarget[] targets, int permits) {
    this.engine = engine;
    this.targets = targets;
    this.inFlight = new Semaphore(permits);
    this.permits = permits;
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments the simulator's program, a folder for logs, devices, seconds, devices in
   *     flight, sessions; then perhaps snmp_exporter's program and its configuration
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path program = Path.of(arguments[0]);
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    int devices = Integer.parseInt(arguments[2]);
    int seconds = Integer.parseInt(arguments[3]);
    int inFlight = Integer.parseInt(arguments[4]);
    int sessions = Integer.parseInt(arguments[5]);
    SnmpConfig config = new SnmpConfig(Duration.ofSeconds(1), 2, 50, 4, 10_000, 0, sessions);
    try (DeviceSimulator simulator = DeviceSimulator.start(program, folder, PORT)) {
      Measured engine = measureEngine(config, simulator, devices, seconds, inFlight);
      StringBuilder line = new StringBuilder("{\"bench\":\"snmp\",\"devices\":" + devices);
      line.append(",\"engineAlone\":").append(engine.toJson());
      if (arguments.length > 7) {
        Path peer = Path.of(arguments[6]);
        try (SnmpExporter exporter =
            SnmpExporter.start(peer, Path.of(arguments[7]), folder, simulator, devices)) {
          Measured measured = exporter.measure(seconds);
          line.append(",\"snmpExporter\":").append(measured.toJson());
          line.append(",\"ratio\":")
              .append(
                  String.format(
                      Locale.ROOT,
                      "%.1f",
                      engine.pollsPerCpuSecond() / measured.pollsPerCpuSecond()));
        }
      }
      System.out.println(line.append('}'));
    }
  }

  private static Measured measureEngine(
      SnmpConfig config, DeviceSimulator simulator, int devices, int seconds, int inFlight)
      throws IOException, InterruptedException {
    SnmpCredential credential =
        new SnmpCredential.V2c(new Secret("bench", Map.of("community", "public")));
    SnmpTarget[] targets = new SnmpTarget[devices];
    for (int i = 0; i < devices; i++) {
      targets[i] = new SnmpTarget(simulator.device(i), credential, SnmpLimits.of(config));
    }
    try (SnmpEngine engine = SnmpEngine.open(config)) {
      return new SnmpBench(engine, targets, inFlight).measure(simulator, seconds);
    }
  }

  private Measured measure(DeviceSimulator simulator, int seconds)
      throws IOException, InterruptedException {
    long self = ProcessHandle.current().pid();
    pollFor(WARM_UP_SECONDS);
    simulator.takeCounts();
    double cpu = ProcessCost.cpuSeconds(self);
    long began = System.nanoTime();
    long polls = pollFor(seconds);
    double wall = (System.nanoTime() - began) / 1e9;
    Measured measured =
        new Measured(
            polls,
            wall,
            ProcessCost.cpuSeconds(self) - cpu,
            ProcessCost.peakMemoryMiB(self),
            simulator.takeCounts());
    if (failures.sum() > 0) {
      throw new IOException(
          failures.sum() + " polls were not whole; the engine saw " + engine.counters());
    }
    return measured;
  }

  private long pollFor(int seconds) throws InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long polls = 0;
    while (System.nanoTime() < end) {
      SnmpTarget target = targets[(int) (polls++ % targets.length)];
      inFlight.acquire();
      engine.read(target, plan).thenAccept(this::done);
    }
    inFlight.acquire(permits);
    inFlight.release(permits);
    return polls;
  }

  private void done(SnmpReply reply) {
    long read = 0;
    for (SnmpColumn column : reply.values().values()) {
      read += column.size();
    }
    if (reply.failure().isPresent() || read != StandardPoll.VALUES) {
      failures.increment();
    }
    inFlight.release();
  }
}
