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
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * The SNMP engine alone: asks, decodes into columns, throws them away. Prints one line of JSON.
 * Arguments: the simulator's program, a folder for logs, devices, seconds, devices in flight,
 * sessions.
 */
public final class SnmpBench {
  private static final int PORT = 21_161;
  private static final int WARM_UP_SECONDS = 6;
  private final SnmpEngine engine;
  private final SnmpTarget[] targets;
  private final SnmpPlan plan = StandardPoll.plan();
  private final Semaphore inFlight;
  private final int permits;
  private final LongAdder values = new LongAdder();
  private final LongAdder failures = new LongAdder();

  private SnmpBench(SnmpEngine engine, SnmpTarget[] targets, int permits) {
    this.engine = engine;
    this.targets = targets;
    this.inFlight = new Semaphore(permits);
    this.permits = permits;
  }

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws Exception {
    Path program = Path.of(arguments[0]);
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    int devices = Integer.parseInt(arguments[2]);
    int seconds = Integer.parseInt(arguments[3]);
    int inFlight = Integer.parseInt(arguments[4]);
    int sessions = Integer.parseInt(arguments[5]);
    int window = arguments.length > 6 ? Integer.parseInt(arguments[6]) : 4;
    SnmpConfig config = new SnmpConfig(Duration.ofSeconds(1), 2, 50, window, 10_000, 0, sessions);
    SnmpCredential credential =
        new SnmpCredential.V2c(new Secret("bench", Map.of("community", "public")));
    try (DeviceSimulator simulator = DeviceSimulator.start(program, folder, PORT);
        SnmpEngine engine = SnmpEngine.open(config)) {
      SnmpTarget[] targets = new SnmpTarget[devices];
      for (int i = 0; i < devices; i++) {
        targets[i] = new SnmpTarget(simulator.device(i), credential, SnmpLimits.of(config));
      }
      new SnmpBench(engine, targets, inFlight).run(simulator, seconds, System.out);
    }
  }

  private void run(DeviceSimulator simulator, int seconds, PrintStream out)
      throws IOException, InterruptedException {
    long self = ProcessHandle.current().pid();
    pollFor(WARM_UP_SECONDS);
    simulator.takeCounts();
    values.reset();
    double cpuBefore = ProcessCost.cpuSeconds(self);
    long began = System.nanoTime();
    long polled = pollFor(seconds);
    double wall = (System.nanoTime() - began) / 1e9;
    double cpu = ProcessCost.cpuSeconds(self) - cpuBefore;
    DeviceSimulator.Counts counts = simulator.takeCounts();
    out.printf(
        Locale.ROOT,
        "{\"bench\":\"snmp\",\"devices\":%d,\"polls\":%d,\"failed\":%d,\"wallSeconds\":%.2f,"
            + "\"cpuSeconds\":%.2f,\"pollsPerCpuSecond\":%.0f,\"pollsPerSecond\":%.0f,"
            + "\"values\":%d,\"simulatorBindingsPerPoll\":%.1f,\"requestsPerPoll\":%.2f,"
            + "\"peakMiB\":%d,\"counters\":\"%s\"}%n",
        targets.length,
        polled,
        failures.sum(),
        wall,
        cpu,
        polled / cpu,
        polled / wall,
        values.sum(),
        (double) counts.bindings() / polled,
        (double) counts.requests() / polled,
        ProcessCost.peakMemoryMiB(self),
        engine.counters());
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
    values.add(read);
    if (reply.failure().isPresent() || read != StandardPoll.VALUES) {
      failures.increment();
    }
    inFlight.release();
  }
}
