package io.argos.snmp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one plan from one device: decides what to ask next, takes the answers, repeats
 * what was lost, and adapts to what the device can do. Knows nothing of sockets or message formats.
 * Belongs to the thread of its loop.
 */
final class PlanExchange extends TimeoutWheel.Entry {
  private static final int TOO_BIG = 1;
  private static final int NO_SUCH_NAME = 2;

  /** Requests given up for want of an answer, in an exchange that had answers, until it ends. */
  private static final int MOST_SILENT = 3;

  private final SnmpTarget target;
  private final SnmpPlan plan;
  private final CompletableFuture<SnmpReply> future;
  private final ExchangeLoop loop;
  private final DeviceMemory memory;
  private final InstanceReads reads;
  private final ColumnWalks walks;
  private final boolean bulk;
  private final List<Request> inFlight = new ArrayList<>(4);
  private @Nullable Request held;
  private @Nullable SnmpFailure failure;
  private int requests;
  private int silent;
  private int largestRequest;
  private int largestAnswer;
  private long notBefore;
  private boolean answered;
  private boolean singly;
  private boolean queued;
  private boolean finished;

  PlanExchange(
      SnmpTarget target,
      SnmpPlan plan,
      CompletableFuture<SnmpReply> future,
      ExchangeLoop loop,
      DeviceMemory memory) {
    this.target = target;
    this.plan = plan;
    this.future = future;
    this.loop = loop;
    this.memory = memory;
    this.bulk = !(target.credential() instanceof SnmpCredential.V1);
    this.reads = new InstanceReads(plan);
    this.walks =
        new ColumnWalks(plan.columns(), memory.lengths(plan.columns()), target.limits().maxRows());
    this.notBefore = loop.now();
  }

  SnmpTarget target() {
    return target;
  }

  ExchangeLoop loop() {
    return loop;
  }

  RowCache cache() {
    return loop.cache();
  }

  boolean isBulk() {
    return bulk;
  }

  /** True when the device is known to answer, so that its packets may come in numbers. */
  boolean isProven() {
    return answered || memory.isAnswering();
  }

  boolean isStarted() {
    return requests > 0;
  }

  boolean isQueued() {
    return queued;
  }

  void setQueued(boolean isQueued) {
    queued = isQueued;
  }

  /** Sends what may be sent, and ends when nothing is left. */
  void proceed() {
    if (!finished && future.isDone()) {
      finish();
    }
    int window = isProven() ? target.limits().window() : 1;
    while (!finished && inFlight.size() < window) {
      Request request = next();
      if (request == null) {
        break;
      }
      held = request;
      if (!loop.admits(this) || mustPause()) {
        return;
      }
      held = null;
      send(request);
    }
    if (!finished && inFlight.isEmpty() && held == null) {
      finish();
    }
  }

  private @Nullable Request next() {
    if (held != null) {
      return held;
    }
    PacketBudget budget =
        new PacketBudget(
            singly ? 1 : memory.bindings(),
            bulk && !singly ? target.limits().maxRepetitions() : 1,
            PacketBudget.FRAME_OCTETS);
    Request request = reads.next(this, budget);
    return request == null ? walks.next(this, budget) : request;
  }

  private boolean mustPause() {
    int rate = target.limits().packetsPerSecond();
    if (rate == 0) {
      return false;
    }
    if (loop.now() < notBefore) {
      loop.wheel().put(this, notBefore);
      return true;
    }
    notBefore = loop.now() + TimeUnit.SECONDS.toNanos(1) / rate;
    return false;
  }

  /** The pause between two packets is over. */
  @Override
  void expire() {
    loop.proceed(this);
  }

  private void send(Request request) {
    inFlight.add(request);
    largestRequest = Math.max(largestRequest, request.bindings());
    transmit(request);
  }

  private void transmit(Request request) {
    request.countAttempt();
    requests++;
    String trouble = loop.transmit(request);
    if (trouble != null) {
      end(new SnmpFailure.Unsendable(trouble));
    }
  }

  /** An answer to a request in flight has come. */
  void answered(Request request, PduReply reply) {
    if (finished) {
      return;
    }
    String problem;
    try {
      problem = problemOf(request, reply);
    } catch (MalformedReplyException e) {
      loop.counts().malformed.increment();
      request.setMalformed(e.getMessage());
      return;
    }
    answered = true;
    memory.setAnswering(true);
    if (reply.errorStatus() == 0) {
      cameThrough(request);
    }
    settle(request);
    if (problem != null && failure == null) {
      failure = new SnmpFailure.Broken(place() + " sends " + problem);
    }
    proceed();
  }

  private void cameThrough(Request request) {
    int bindings = request.bindings();
    if (request.isShrunk()) {
      memory.cameThrough(bindings, request.firstBindings());
    }
    largestAnswer = Math.max(largestAnswer, bindings);
    memory.answered(bindings);
  }

  private @Nullable String problemOf(Request request, PduReply reply)
      throws MalformedReplyException {
    return switch (reply.errorStatus()) {
      case 0 -> {
        String problem = request.work().accept(request, reply, this);
        if (problem != null) {
          loop.counts().cut.increment();
        }
        yield problem;
      }
      case TOO_BIG -> tooBig(request);
      default -> refusedItem(request, reply);
    };
  }

  private @Nullable String tooBig(Request request) {
    loop.counts().tooBig.increment();
    if (request.bindings() == 1) {
      request.work().abandon(request, 0);
      request.work().giveBack(request);
      return "tooBig for a single value";
    }
    memory.tooBig(request.bindings());
    request.work().giveBack(request);
    return null;
  }

  private @Nullable String refusedItem(Request request, PduReply reply) {
    int count = request.items().length;
    int position = count == 1 ? 0 : reply.errorIndex() - 1;
    Work work = request.work();
    if (position < 0 || position >= count) {
      // The device does not say which: asked one by one, it has to.
      singly = true;
      work.giveBack(request);
      return null;
    }
    if (reply.errorStatus() == NO_SUCH_NAME) {
      work.absent(request, position);
      work.giveBack(request);
      return null;
    }
    work.abandon(request, position);
    work.giveBack(request);
    return "error status " + ErrorStatus.nameOf(reply.errorStatus());
  }

  /** The time for an answer has passed. */
  void unanswered(Request request) {
    if (finished) {
      return;
    }
    if (future.isDone()) {
      finish();
      return;
    }
    if (request.attempts() <= target.limits().retries()) {
      // The last try asks for less: a large answer may be what gets lost on the way.
      if (request.attempts() == target.limits().retries() && request.bindings() > 1) {
        request.work().shrink(request);
        loop.renew(request);
      }
      loop.counts().repetitions.increment();
      transmit(request);
      return;
    }
    loop.counts().unanswered.increment();
    settle(request);
    giveUp(request);
  }

  private void giveUp(Request request) {
    SnmpFailure why = whyUnanswered(request);
    if (!answered || ++silent == MOST_SILENT) {
      end(failure == null ? why : failure);
      return;
    }
    if (silent == 1 && request.bindings() > 1) {
      // The device does answer: perhaps this answer was too large for the way back.
      memory.lost(request.firstBindings());
      request.work().giveBack(request);
    } else {
      for (int i = 0; i < request.items().length; i++) {
        request.work().abandon(request, i);
      }
      failure = failure == null ? why : failure;
    }
    proceed();
  }

  private SnmpFailure whyUnanswered(Request request) {
    if (request.malformed() != null) {
      return new SnmpFailure.Broken(place() + " sends a malformed reply: " + request.malformed());
    }
    if (!answered) {
      memory.setAnswering(false);
    }
    return new SnmpFailure.NoAnswer(
        answered,
        request.attempts(),
        "no answer from %s to %d requests within %s each"
            .formatted(place(), request.attempts(), target.limits().timeout()));
  }

  /** The device's engine, or the own one, finds the credential wrong. */
  void refused(String detail) {
    if (!finished) {
      loop.counts().refused.increment();
      answered = true;
      memory.setAnswering(true);
      end(
          new SnmpFailure.Refused(
              "credential '%s' is refused by %s: %s"
                  .formatted(target.credential().name(), place(), detail)));
    }
  }

  /** Ends without what is still missing. */
  void end(SnmpFailure why) {
    if (!finished) {
      failure = why;
      finish();
    }
  }

  /** Ends without a look at what was read, which may be what went wrong. */
  void abort(String detail) {
    finished = true;
    leave();
    future.complete(new SnmpReply(Map.of(), Optional.of(new SnmpFailure.Broken(detail)), requests));
  }

  private void leave() {
    inFlight.forEach(loop::settle);
    inFlight.clear();
    held = null;
    loop.wheel().remove(this);
    loop.finished(this);
  }

  private void settle(Request request) {
    inFlight.remove(request);
    loop.settle(request);
  }

  private void finish() {
    finished = true;
    leave();
    if (failure == null && !future.isDone()) {
      memory.learn(walks.lengths(plan.columns()));
      if (largestAnswer == largestRequest) {
        memory.grow(largestAnswer);
      } else {
        memory.keep(largestAnswer);
      }
    }
    Map<Oid, SnmpColumn> values = HashMap.newHashMap(plan.scalars().size() + plan.columns().size());
    reads.finish(values, loop.cache());
    walks.finish(values, loop.cache());
    future.complete(new SnmpReply(values, Optional.ofNullable(failure), requests));
  }

  private String place() {
    return target.address().getAddress().getHostAddress() + ":" + target.address().getPort();
  }
}
