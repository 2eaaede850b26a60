package io.argos.snmp;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Who may send now and who is next, when the window is full. Who has begun goes first: half-read
 * devices hold memory, those not begun hold none. Belongs to one thread.
 */
final class Admission {
  private final InFlightWindow window;
  private final ArrayDeque<PlanExchange> started = new ArrayDeque<>();
  private final ArrayDeque<PlanExchange> fresh = new ArrayDeque<>();
  private final ArrayDeque<PlanExchange> unproven = new ArrayDeque<>();

  Admission(InFlightWindow window) {
    this.window = window;
  }

  InFlightWindow window() {
    return window;
  }

  /** True when there is room for a request of the exchange; otherwise it stands in line. */
  boolean admits(PlanExchange exchange) {
    boolean proven = exchange.isProven();
    if (window.hasRoom(proven)) {
      return true;
    }
    if (!exchange.isQueued()) {
      exchange.setQueued(true);
      (proven ? exchange.isStarted() ? started : fresh : unproven).add(exchange);
    }
    return false;
  }

  /** Takes the next in line for whom there is room, or null. */
  @Nullable PlanExchange next() {
    PlanExchange next = null;
    if (window.hasRoom(true)) {
      next = started.isEmpty() ? fresh.poll() : started.poll();
    }
    if (next == null && window.hasRoom(false)) {
      next = unproven.poll();
    }
    if (next != null) {
      next.setQueued(false);
    }
    return next;
  }
}
