package io.argos.snmp.trap;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a receiver has counted. Safe for use by any thread. */
public final class TrapCounts {
  private final LongAdder received = new LongAdder();
  private final LongAdder heard = new LongAdder();
  private final Map<TrapDrop, LongAdder> dropped = new EnumMap<>(TrapDrop.class);

  public TrapCounts() {
    for (TrapDrop reason : TrapDrop.values()) {
      dropped.put(reason, new LongAdder());
    }
  }

  /** Registers them as metrics. */
  public void register(MeterRegistry meters) {
    FunctionCounter.builder("argos.traps.received", received, LongAdder::sum)
        .description("Datagrams that came to the port of traps")
        .register(meters);
    dropped.forEach((reason, count) ->
        FunctionCounter.builder("argos.traps.dropped", count, LongAdder::sum)
            .description("Datagrams that became no trap, by reason")
            .tag("reason", reason.label())
            .register(meters));
  }

  void received() {
    received.increment();
  }

  void heard() {
    heard.increment();
  }

  void dropped(TrapDrop reason) {
    dropped(reason, 1);
  }

  void dropped(TrapDrop reason, int count) {
    LongAdder adder = dropped.get(reason);
    if (adder != null) {
      adder.add(count);
    }
  }

  /** Datagrams that came. */
  public long allReceived() {
    return received.sum();
  }

  /** Traps and informs that were handed on. */
  public long allHeard() {
    return heard.sum();
  }

  /** Datagrams dropped for a reason. */
  public long allDropped(TrapDrop reason) {
    LongAdder adder = dropped.get(reason);
    return adder == null ? 0 : adder.sum();
  }

  /** Datagrams dropped for any reason. */
  public long allDropped() {
    return dropped.values().stream().mapToLong(LongAdder::sum).sum();
  }

  @Override
  public String toString() {
    return "received=%d heard=%d dropped=%s".formatted(allReceived(), allHeard(), dropped);
  }
}
