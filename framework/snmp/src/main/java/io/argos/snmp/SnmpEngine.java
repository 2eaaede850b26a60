package io.argos.snmp;

import io.argos.config.SnmpConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The client over UDP: v1 and v2c with a codec of its own straight into primitive arrays, v3 over
 * SNMP4J. A few threads, one for each configured session, carry any number of devices; all packets
 * of an address go through the same one.
 */
public final class SnmpEngine implements SnmpClient {
  private final List<ExchangeLoop> loops;
  private final UsmTransport usm;
  private final EngineCounts counts;

  private SnmpEngine(List<ExchangeLoop> loops, UsmTransport usm, EngineCounts counts) {
    this.loops = List.copyOf(loops);
    this.usm = usm;
    this.counts = counts;
  }

  /**
   * Opens the sockets and starts the threads.
   *
   * @throws UncheckedIOException when there is no socket to be had
   */
  public static SnmpEngine open(SnmpConfig config) {
    EngineCounts counts = new EngineCounts();
    UsmTransport usm = new UsmTransport(counts);
    List<ExchangeLoop> loops = new ArrayList<>();
    SnmpEngine engine;
    try {
      for (int i = 0; i < Math.max(1, config.sessions()); i++) {
        loops.add(new ExchangeLoop("snmp-" + i, new UdpSockets(), usm, counts));
      }
      engine = new SnmpEngine(loops, usm, counts);
    } catch (IOException e) {
      loops.forEach(ExchangeLoop::close);
      throw new UncheckedIOException("cannot open the SNMP sockets: " + e.getMessage(), e);
    }
    loops.forEach(ExchangeLoop::start);
    return engine;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when an oid of the plan has no form in BER, such as one of a
   *     single arc
   */
  @Override
  public CompletableFuture<SnmpReply> read(SnmpTarget target, SnmpPlan plan) {
    plan.checkOids();
    CompletableFuture<SnmpReply> future = new CompletableFuture<>();
    loopOf(target).read(target, plan, future);
    return future;
  }

  private ExchangeLoop loopOf(SnmpTarget target) {
    int hash = target.address().hashCode() * 0x9E3779B9;
    return loops.get((hash >>> 8) % loops.size());
  }

  /** What was seen since the engine was opened. */
  public SnmpCounters counters() {
    return counts.snapshot();
  }

  /** Answers that the system dropped because they came faster than they were taken. */
  long dropped() {
    Set<Integer> ports = new HashSet<>(usm.ports());
    loops.forEach(loop -> ports.addAll(loop.ports()));
    return SocketDrops.of(ports);
  }

  @Override
  public void close() {
    loops.forEach(ExchangeLoop::stop);
    long end = System.nanoTime() + ExchangeLoop.CLOSE_NANOS;
    loops.forEach(loop -> loop.close(end));
    usm.close();
  }
}
