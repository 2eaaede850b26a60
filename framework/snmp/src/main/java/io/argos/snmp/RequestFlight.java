package io.argos.snmp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The requests of one exchange that are on their way: sends them no faster than the device may be
 * asked, and again when they or their answers got lost. Belongs to the thread of its loop.
 */
final class RequestFlight extends TimeoutWheel.Entry {
  private final PlanExchange exchange;
  private final SnmpLimits limits;
  private final ExchangeLoop loop;
  private final DeviceMemory memory;
  private final List<Request> inFlight = new ArrayList<>(4);

  /** Of those, the ones to be sent again as soon as the device's rate allows. */
  private final Queue<Request> lost = new ArrayDeque<>(2);

  private int packets;

  RequestFlight(PlanExchange exchange, ExchangeLoop loop, DeviceMemory memory) {
    this.exchange = exchange;
    this.limits = exchange.target().limits();
    this.loop = loop;
    this.memory = memory;
  }

  /** Count of packets sent so far. */
  int packets() {
    return packets;
  }

  /** Count of requests that are waited for. */
  int size() {
    return inFlight.size();
  }

  /** Most bindings of a request that got no answer in its time and waits still; 0 without one. */
  int overdueBindings() {
    int most = 0;
    for (Request request : inFlight) {
      if (request.attempts() > 1 && request.malformed() == null) {
        most = Math.max(most, request.firstBindings());
      }
    }
    return most;
  }

  /** Sends a request for the first time. */
  void send(Request request) {
    inFlight.add(request);
    transmit(request);
  }

  /** A request is to be sent again. It stays waited for: the answer to a packet may come yet. */
  void lost(Request request) {
    lost.add(request);
  }

  /**
   * Sends again what was lost.
   *
   * @return false when the device's rate allows nothing more now
   */
  boolean repeatLost() {
    while (!lost.isEmpty()) {
      if (mustPause()) {
        return false;
      }
      Request request = lost.remove();
      // The last try asks for less: a large answer may be what gets lost on the way.
      if (request.attempts() == limits.retries() && request.bindings() > 1) {
        request.work().shrink(request);
        loop.outgoing().renew(request);
      }
      loop.counts().repetitions.increment();
      transmit(request);
    }
    return true;
  }

  private void transmit(Request request) {
    request.countAttempt();
    packets++;
    String trouble = loop.outgoing().transmit(request);
    if (trouble != null) {
      exchange.end(new SnmpFailure.Unsendable(trouble));
    }
  }

  /** True when nothing may be sent now; the exchange then goes on by itself when something may. */
  boolean mustPause() {
    if (takesPace()) {
      return false;
    }
    loop.wheel().put(this, memory.pace().next());
    return true;
  }

  /** Takes leave to send one packet, unless the device has had its share for now. */
  boolean takesPace() {
    int rate = limits.packetsPerSecond();
    // The time of the turn will not do: what matters is the distance on the wire.
    return rate == 0 || memory.pace().takes(System.nanoTime(), rate);
  }

  /** The pause between two packets is over. */
  @Override
  void expire() {
    loop.proceed(exchange);
  }

  /** A request is done with. */
  void settle(Request request) {
    inFlight.remove(request);
    lost.remove(request);
    loop.outgoing().settle(request);
  }

  /** Waits for nothing any more. */
  void close() {
    inFlight.forEach(loop.outgoing()::settle);
    inFlight.clear();
    lost.clear();
    loop.wheel().remove(this);
  }
}
