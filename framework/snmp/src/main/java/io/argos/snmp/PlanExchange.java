package io.argos.snmp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one plan from one device: decides what to ask next, takes the answers, repeats
 * what was lost, and adapts to what the device can do. Knows nothing of sockets or message formats.
 * Belongs to the thread of its loop.
 */
final class PlanExchange extends TimeoutWheel.Entry {
  /** Requests given up for want of an answer, in an exchange that had answers, until it ends. */
  private static final int MOST_SILENT = 3;

  private final SnmpTarget target;
  private final SnmpPlan plan;
  private final CompletableFuture<SnmpReply> future;
  private final ExchangeLoop loop;
  private final DeviceMemory memory;
  private final InstanceReads reads;
  private final ColumnWalks walks;
  private final AnswerSizes sizes;
  private final ReplyJudge judge;
  private final ExchangeFailures failures;
  private final boolean bulk;
  private final List<Request> inFlight = new ArrayList<>(4);

  /** Of those, the ones to be sent again as soon as the device's rate allows. */
  private final Queue<Request> lost = new ArrayDeque<>(2);

  private final Bound bound = new Bound();
  private @Nullable Request held;
  private @Nullable SnmpFailure failure;
  private int requests;
  private int silent;
  private boolean answered;
  private boolean queued;
  private boolean finished;

  /** Ends the exchange when its whole time is over. */
  private final class Bound extends TimeoutWheel.Entry {
    @Override
    void expire() {
      loop.overtime(PlanExchange.this);
    }
  }

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
    this.walks = new ColumnWalks(plan.columns(), memory.lengths(plan.columns()), target.limits());
    this.sizes = new AnswerSizes(memory);
    this.failures = new ExchangeFailures(target);
    this.judge = new ReplyJudge(this, memory, loop.counts());
  }

  /** Sends the first request, and sees to it that the exchange ends in time. */
  void begin() {
    if (target.limits().isBounded()) {
      loop.wheel().put(bound, loop.now() + target.limits().whole().toNanos());
    }
    proceed();
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
    if (!repeatLost()) {
      return;
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
            judge.isSingly() ? 1 : memory.bindings(),
            bulk && !judge.isSingly() ? target.limits().maxRepetitions() : 1,
            PacketBudget.FRAME_OCTETS);
    Request request = reads.next(this, budget);
    return request == null ? walks.next(this, budget) : request;
  }

  /**
   * Sends again what was lost.
   *
   * @return false when the device's rate allows nothing more now
   */
  private boolean repeatLost() {
    while (!finished && !lost.isEmpty()) {
      if (mustPause()) {
        return false;
      }
      Request request = lost.remove();
      // The last try asks for less: a large answer may be what gets lost on the way.
      if (request.attempts() == target.limits().retries() && request.bindings() > 1) {
        request.work().shrink(request);
        loop.outgoing().renew(request);
      }
      loop.counts().repetitions.increment();
      transmit(request);
    }
    return true;
  }

  private boolean mustPause() {
    if (takesPace()) {
      return false;
    }
    loop.wheel().put(this, memory.pace().next());
    return true;
  }

  /** Takes leave to send one packet, unless the device has had its share for now. */
  boolean takesPace() {
    int rate = target.limits().packetsPerSecond();
    // The time of the turn will not do: what matters is the distance on the wire.
    return rate == 0 || memory.pace().takes(System.nanoTime(), rate);
  }

  /** The pause between two packets is over. */
  @Override
  void expire() {
    loop.proceed(this);
  }

  private void send(Request request) {
    inFlight.add(request);
    sizes.asked(request);
    transmit(request);
  }

  private void transmit(Request request) {
    request.countAttempt();
    requests++;
    String trouble = loop.outgoing().transmit(request);
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
      problem = judge.problemOf(request, reply);
    } catch (MalformedReplyException e) {
      loop.counts().malformed.increment();
      request.setMalformed(e.getMessage());
      return;
    }
    answered = true;
    memory.setAnswering(true);
    if (reply.errorStatus() == 0) {
      sizes.cameThrough(request);
    }
    settle(request);
    if (problem != null && failure == null) {
      failure = failures.broken(problem);
    }
    proceed();
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
      // It stays waited for: the answer to an earlier packet may come yet.
      lost.add(request);
      proceed();
      return;
    }
    loop.counts().unanswered.increment();
    settle(request);
    giveUp(request);
  }

  private void giveUp(Request request) {
    if (!answered && request.malformed() == null) {
      memory.setAnswering(false);
    }
    SnmpFailure why = failures.unanswered(request, answered);
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

  /** The time for the whole exchange is over: it ends with what was read. */
  void timeOver() {
    if (finished) {
      return;
    }
    if (!answered && isStarted()) {
      memory.setAnswering(false);
    }
    end(failure == null ? failures.overtime(requests, answered) : failure);
  }

  /** The device's engine, or the own one, finds the credential wrong. */
  void refused(String detail) {
    if (!finished) {
      loop.counts().refused.increment();
      answered = true;
      memory.setAnswering(true);
      end(failures.refused(detail));
    }
  }

  /** The credential says what no credential can. */
  void unusable(String detail) {
    end(failures.unusable(detail));
  }

  /** The failure of a device that sends what it must not. */
  SnmpFailure broken(String problem) {
    return failures.broken(problem);
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
    inFlight.forEach(loop.outgoing()::settle);
    inFlight.clear();
    lost.clear();
    held = null;
    loop.wheel().remove(this);
    loop.wheel().remove(bound);
    loop.finished(this);
  }

  private void settle(Request request) {
    inFlight.remove(request);
    lost.remove(request);
    loop.outgoing().settle(request);
  }

  private void finish() {
    finished = true;
    leave();
    if (failure == null && !future.isDone()) {
      memory.learn(walks.lengths(plan.columns()));
      sizes.whole();
    }
    Map<Oid, SnmpColumn> values = HashMap.newHashMap(plan.scalars().size() + plan.columns().size());
    reads.finish(values, loop.cache());
    walks.finish(values, loop.cache());
    future.complete(new SnmpReply(values, Optional.ofNullable(failure), requests));
  }
}
