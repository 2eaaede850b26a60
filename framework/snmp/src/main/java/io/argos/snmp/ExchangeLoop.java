package io.argos.snmp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread with its sockets, which runs the exchanges of a share of all addresses. */
final class ExchangeLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ExchangeLoop.class);
  private static final String CLOSED = "the SNMP client was closed";
  private static final String FAULT = "the SNMP engine failed: ";

  /**
   * After an idle wait: the answers of a device come in close succession, and one turn for all of
   * them costs less than one for each. A loop that is busy never waits.
   */
  private static final long GATHER_NANOS = 150_000;

  private static final long FAULT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How long the end of a thread is waited for. */
  static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Turns in a row that a flood of datagrams may hold up the clock. */
  private static final int MOST_BEHIND = 64;

  private final UdpSockets sockets;
  private final EngineCounts counts;
  private final Thread thread;
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final TimeoutWheel wheel;
  private final Admission admission;
  private final Outgoing outgoing;
  private final RowCache cache = new RowCache();
  private final PduReply reply = new PduReply();
  private final Set<PlanExchange> exchanges = Collections.newSetFromMap(new IdentityHashMap<>());
  private final DeviceMemories memories = new DeviceMemories();
  private long now = System.nanoTime();
  private int behind;
  private volatile boolean asleep;
  private volatile boolean closed;
  private volatile boolean ended;

  ExchangeLoop(String name, UdpSockets sockets, PduTransport usm, EngineCounts counts)
      throws IOException {
    this.sockets = sockets;
    this.counts = counts;
    this.wheel = new TimeoutWheel(now);
    InFlightWindow window = new InFlightWindow(sockets.receiveBuffer(), now);
    this.admission = new Admission(window);
    this.outgoing =
        new Outgoing(new CommunityTransport(sockets), usm, counts, wheel, window, () -> now);
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The local ports of its sockets; called by any thread. */
  Set<Integer> ports() {
    return sockets.ports();
  }

  /** Begins an exchange; called by any thread. */
  void read(SnmpTarget target, SnmpPlan plan, CompletableFuture<SnmpReply> future) {
    execute(() -> begin(target, plan, future));
    if (ended) {
      // The thread has looked at its commands for the last time; whoever takes one out answers it.
      runCommands();
    }
  }

  private void begin(SnmpTarget target, SnmpPlan plan, CompletableFuture<SnmpReply> future) {
    if (closed || target.address().isUnresolved()) {
      String detail = closed ? CLOSED : target.address() + " is not resolved";
      future.complete(new SnmpReply(Map.of(), Optional.of(new SnmpFailure.Unsendable(detail)), 0));
      return;
    }
    DeviceMemory memory = memories.of(target.address());
    PlanExchange exchange;
    try {
      exchange = new PlanExchange(target, plan, future, this, memory);
    } catch (RuntimeException e) {
      // Such as for a plan of more instances than an array holds: nobody is to wait for it.
      log.error("event=snmp_exchange_fault address={}", target.address(), e);
      SnmpFailure failure = new SnmpFailure.Broken(FAULT + e);
      future.complete(new SnmpReply(Map.of(), Optional.of(failure), 0));
      return;
    }
    exchanges.add(exchange);
    try {
      exchange.begin();
    } catch (RuntimeException e) {
      fault(exchange, e);
    }
  }

  /** Lets an exchange go on; a fault of its own ends it, and no other. */
  void proceed(PlanExchange exchange) {
    try {
      exchange.proceed();
    } catch (RuntimeException e) {
      fault(exchange, e);
    }
  }

  private static void fault(PlanExchange exchange, RuntimeException cause) {
    log.error("event=snmp_exchange_fault address={}", exchange.target().address(), cause);
    exchange.abort(FAULT + cause);
  }

  /** Has the loop's thread do something; called by any thread. */
  void execute(Runnable command) {
    commands.add(command);
    if (asleep) {
      sockets.wakeup();
    }
  }

  private void run() {
    try {
      turns();
    } finally {
      // Also for an error that nothing mends: nobody is to wait for a thread that is gone.
      closed = true;
      endAll();
    }
  }

  private void turns() {
    while (!closed) {
      try {
        turn();
      } catch (IOException | RuntimeException e) {
        // What is one exchange's fault has ended that exchange already; this is the loop's own.
        log.error("event=snmp_loop_fault", e);
        LockSupport.parkNanos(FAULT_PAUSE_NANOS);
      }
    }
  }

  private void endAll() {
    for (PlanExchange exchange : List.copyOf(exchanges)) {
      exchange.end(new SnmpFailure.Unsendable(CLOSED));
    }
    ended = true;
    runCommands();
    closeSockets();
  }

  private void closeSockets() {
    try {
      sockets.close();
    } catch (IOException e) {
      log.debug("event=snmp_socket_close_failed", e);
    }
  }

  private void turn() throws IOException {
    now = System.nanoTime();
    boolean busy = runCommands();
    int taken = sockets.receive(this::received);
    busy |= taken > 0;
    // After a pause of the machine, answers that wait to be taken are not to count as missing.
    if (taken < UdpSockets.BATCH || ++behind == MOST_BEHIND) {
      behind = 0;
      wheel.advance(now);
    }
    admission.window().judge(now, Outgoing.COUNTED_NANOS);
    outgoing.flush();
    PlanExchange next;
    while ((next = admission.next()) != null) {
      proceed(next);
    }
    if (!busy) {
      asleep = true;
      if (commands.isEmpty() && !closed) {
        sockets.await(outgoing.isHeldUp() ? 1 : wheel.isEmpty() ? 0 : 10);
        LockSupport.parkNanos(GATHER_NANOS);
      }
      asleep = false;
    }
  }

  private boolean runCommands() {
    boolean any = false;
    Runnable command;
    while ((command = commands.poll()) != null) {
      command.run();
      any = true;
    }
    return any;
  }

  private void received(byte[] octets, int length, InetSocketAddress from) {
    try {
      reply.decodeMessage(octets, length);
    } catch (MalformedReplyException e) {
      counts.malformed.increment();
      log.trace("event=snmp_malformed from={} reason={}", from, e.getMessage());
      return;
    }
    Request request = reply.isReport() ? null : outgoing.find(reply.requestId());
    if (request == null) {
      counts.unknownIds.increment();
      return;
    }
    SnmpTarget target = request.exchange().target();
    if (!target.address().equals(from)
        || reply.version() != CommunityTransport.versionOf(target.credential())) {
      counts.foreign.increment();
      return;
    }
    deliver(request, reply);
  }

  /** Hands an answer to its exchange. */
  void deliver(Request request, PduReply answer) {
    if (request.attempts() == 1) {
      admission.window().arrived();
    } else if (request.isProven()) {
      admission.window().lost();
    }
    counts.answers.increment();
    PlanExchange exchange = request.exchange();
    try {
      exchange.answered(request, answer);
    } catch (RuntimeException e) {
      fault(exchange, e);
    }
  }

  /** A request's time is over, or it is so late that it no longer takes room in the window. */
  void overdue(Request request) {
    if (!outgoing.isOver(request)) {
      return;
    }
    PlanExchange exchange = request.exchange();
    try {
      exchange.unanswered(request);
    } catch (RuntimeException e) {
      fault(exchange, e);
    }
  }

  /** The time for a whole exchange is over. */
  void overtime(PlanExchange exchange) {
    try {
      exchange.timeOver();
    } catch (RuntimeException e) {
      fault(exchange, e);
    }
  }

  /** True when an exchange may send now; otherwise its turn will come. */
  boolean admits(PlanExchange exchange) {
    return admission.admits(exchange);
  }

  void finished(PlanExchange exchange) {
    exchanges.remove(exchange);
  }

  long now() {
    return now;
  }

  Outgoing outgoing() {
    return outgoing;
  }

  TimeoutWheel wheel() {
    return wheel;
  }

  RowCache cache() {
    return cache;
  }

  EngineCounts counts() {
    return counts;
  }

  PduReply reply() {
    return reply;
  }

  /** Asks the thread to end everything. */
  void stop() {
    closed = true;
    sockets.wakeup();
  }

  /** Stops, and waits a little for the thread. */
  @Override
  public void close() {
    close(System.nanoTime() + CLOSE_NANOS);
  }

  /** Stops, and waits for the thread until a time of the nano clock. */
  void close(long end) {
    stop();
    if (thread.getState() == Thread.State.NEW) {
      closeSockets();
      return;
    }
    try {
      thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
