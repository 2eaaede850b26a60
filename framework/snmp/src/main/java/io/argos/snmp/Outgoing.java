package io.argos.snmp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests on their way: gives them ids, sends them, and knows how long an answer is waited for
 * and which of them take room in the window. Belongs to the thread of its loop.
 */
final class Outgoing {
  /** An answer later than this is not what a receive buffer has to be kept free for. */
  static final long COUNTED_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final PduTransport community;
  private final PduTransport usm;
  private final EngineCounts counts;
  private final TimeoutWheel wheel;
  private final InFlightWindow window;
  private final LongSupplier now;
  private final RequestIds ids = new RequestIds();
  private final RequestTable table = new RequestTable();
  private final BerWriter writer = new BerWriter();
  private final ArrayDeque<Request> unsent = new ArrayDeque<>();

  /**
   * Nothing on its way.
   *
   * @param now the time of the loop's turn
   */
  Outgoing(
      PduTransport community,
      PduTransport usm,
      EngineCounts counts,
      TimeoutWheel wheel,
      InFlightWindow window,
      LongSupplier now) {
    this.community = community;
    this.usm = usm;
    this.counts = counts;
    this.wheel = wheel;
    this.window = window;
    this.now = now;
  }

  /** The request with an id that is waited for, or null. */
  @Nullable Request find(int id) {
    return table.find(id);
  }

  /** True while a packet waits for room in its socket. */
  boolean isHeldUp() {
    return !unsent.isEmpty();
  }

  /**
   * Sends a request, or sends it again.
   *
   * @return why it cannot be sent, or null
   */
  @Nullable String transmit(Request request) {
    if (!request.isWaiting()) {
      request.setWaiting(true);
      request.setId(newId());
      table.put(request);
      request.setProven(request.exchange().isProven());
      request.setCounted(true);
      window.enter(request.isProven());
    }
    long sent = now.getAsLong();
    request.setDeadline(sent + request.exchange().target().limits().timeout().toNanos());
    wheel.put(request, Math.min(request.deadline(), sent + COUNTED_NANOS));
    counts.requests.increment();
    return put(request);
  }

  private @Nullable String put(Request request) {
    PlanExchange exchange = request.exchange();
    writer.reset();
    request.work().write(request, exchange.isBulk(), writer);
    PduTransport transport =
        exchange.target().credential() instanceof SnmpCredential.V3 ? usm : community;
    try {
      if (!transport.send(request, writer)) {
        unsent.add(request);
      }
      return null;
    } catch (IOException e) {
      return "cannot send to " + exchange.target().address() + ": " + e.getMessage();
    }
  }

  /** Sends what found no room in its socket, each device's at its own rate. */
  void flush() {
    for (int i = unsent.size(); i > 0; i--) {
      Request request = unsent.remove();
      if (request.isWaiting()) {
        if (!request.exchange().takesPace()) {
          unsent.add(request);
          continue;
        }
        String trouble = put(request);
        if (trouble != null) {
          request.exchange().end(new SnmpFailure.Unsendable(trouble));
        }
      }
    }
  }

  /** Gives a request that asks for something else a new id. */
  void renew(Request request) {
    table.remove(request);
    request.setId(newId());
    table.put(request);
  }

  private int newId() {
    int id;
    do {
      id = ids.next();
    } while (table.find(id) != null);
    return id;
  }

  /**
   * A request has waited as long as it was to: it takes no more room in the window.
   *
   * @return true when its time for an answer is over as well
   */
  boolean isOver(Request request) {
    discount(request);
    if (now.getAsLong() < request.deadline()) {
      wheel.put(request, request.deadline());
      return false;
    }
    return true;
  }

  /** A request is done with. */
  void settle(Request request) {
    if (request.isWaiting()) {
      request.setWaiting(false);
      wheel.remove(request);
      table.remove(request);
      discount(request);
    }
  }

  private void discount(Request request) {
    if (request.isCounted()) {
      request.setCounted(false);
      window.leave(request.isProven());
    }
  }
}
